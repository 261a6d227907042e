package org.jvirtio.cli.learn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes the small disk of lesson 6: 128 sectors with a partition table, so that what is read can be
 * known beforehand.
 *
 * <pre>
 *   sector 0   "jvirtio lesson 6", one entry at 446: type 0x83, sectors 64 to 127; 55 aa at 510
 *   the last   "the last sector"
 * </pre>
 */
@Command(
        name = "disk",
        description = "Make the small disk image that lesson 6 reads.",
        mixinStandardHelpOptions = true)
final class DiskCommand implements Callable<Integer> {

    private static final int SECTORS = 128;
    private static final int SECTOR = 512;
    private static final int ENTRY = 446;

    @Parameters(
            paramLabel = "FILE",
            description = "made anew, with its directory; a file of another length is left alone")
    private String file;

    private final Console console;

    DiskCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path path = LearnCommand.path(file);
        try {
            requireOwn(path);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.write(path, image());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "making the disk " + path + ": " + e + ". Name a place you may write to.", e);
        }
        console.out().println(path + ": " + SECTORS + " sectors, a partition from sector 64 on");
        return ExitCode.DONE;
    }

    /** What has another length is somebody's file. */
    private static void requireOwn(Path path) throws IOException {
        if (Files.exists(path)
                && (!Files.isRegularFile(path) || Files.size(path) != SECTORS * SECTOR)) {
            throw new UsageException(
                    "making the disk "
                            + path
                            + ": something else is there. Remove it, or name another file.");
        }
    }

    private static byte[] image() {
        ByteBuffer disk = ByteBuffer.allocate(SECTORS * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(0, "jvirtio lesson 6".getBytes(StandardCharsets.US_ASCII));
        disk.put(ENTRY + 4, (byte) 0x83).putInt(ENTRY + 8, 64).putInt(ENTRY + 12, 64);
        disk.putShort(510, (short) 0xaa55);
        byte[] last = "the last sector".getBytes(StandardCharsets.US_ASCII);
        disk.put((SECTORS - 1) * SECTOR, last);
        return disk.array();
    }
}
