package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.DeviceType;
import org.jvirtio.VirtioException;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** {@code jvirtio serve} as a process of its own: how it begins, how it ends, how it dies. */
class ServeCommandTest {

    private static final int SECTOR = 512;
    private static final int SECTORS = 2048;
    private static final long LIMIT_SECONDS = 20;

    @TempDir private Path directory;

    private Process server;
    private BufferedReader told;

    @AfterEach
    void end() {
        if (server != null) {
            server.destroyForcibly().onExit().join();
        }
    }

    @Test
    void aServerThatIsKilledCostsWhatWasNotFlushed() throws IOException, InterruptedException {
        Path image = image();
        byte[] kept = new byte[4 * SECTOR];
        Arrays.fill(kept, (byte) 0x5a);
        serve(image);
        PciFunction function = Functions.openToDrive("vfio-user:" + socket());
        BlockDriver driver = start(function);
        driver.write(100, kept);
        driver.flush();

        server.destroyForcibly().onExit().join();
        long begin = System.nanoTime();
        VirtioException broken =
                assertThrows(VirtioException.class, () -> driver.read(0, new byte[SECTOR]));
        assertThrows(
                VirtioException.class,
                () -> {
                    driver.close();
                    function.close();
                });
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
        assertTrue(broken.getMessage().length() > 40, broken.getMessage());

        serve(image); // over the socket that was left behind
        try (PciFunction again = Functions.openToDrive("vfio-user:" + socket());
                BlockDriver next = start(again)) {
            byte[] found = new byte[4 * SECTOR];
            next.read(100, found);
            assertArrayEquals(kept, found);
            assertEquals(Digests.sha256(Files.readAllBytes(image)), Digests.sha256(all(next)));
        }
    }

    @Test
    void sigtermIsHowItIsMeantToEnd() throws IOException, InterruptedException {
        serve(image());

        server.toHandle().destroy(); // SIGTERM, with its output still open

        assertTrue(server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(ExitCode.DONE, server.exitValue());
        assertEquals("all devices are closed", told.readLine());
        assertFalse(Files.exists(socket()));
    }

    /** What is no file cannot be written back. */
    @Test
    void everyDeviceThatWasNotClosedWellIsTold() throws IOException, InterruptedException {
        String other = directory.resolve("other").toString();
        serve(
                "block,image=/dev/null",
                "block,image=/dev/zero",
                "--socket",
                socket().toString(),
                "--socket",
                other);
        assertTrue(told.readLine().startsWith(other));

        server.toHandle().destroy();

        assertTrue(server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(ExitCode.FAILED, server.exitValue());
        assertTrue(told.readLine().contains("/dev/null"));
        assertTrue(told.readLine().contains("/dev/zero"));
    }

    @Test
    void whatCannotBeServedIsSaidBeforeAnybodyConnects() {
        String path = socket().toString();
        assertEquals(ExitCode.USAGE, CommandRun.of("serve", "block").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("serve", "toaster", "--socket", path).exit());
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("serve", "entropy", "block", "--socket", path).exit());
        assertEquals(
                ExitCode.ENVIRONMENT,
                CommandRun.of("serve", "block,image=/nowhere/x", "--socket", path).exit());
        assertEquals(
                ExitCode.ENVIRONMENT,
                CommandRun.of("serve", "entropy", "--socket", "/nowhere/socket").exit());
        CommandRun.refused(
                CommandRun.of("serve", "entropy", "--socket", "/"),
                ExitCode.ENVIRONMENT,
                "listening at /",
                "listen in it");
    }

    private Path socket() {
        return directory.resolve("socket");
    }

    private Path image() throws IOException {
        return Files.write(directory.resolve("image"), new byte[SECTORS * SECTOR]);
    }

    private void serve(Path image) throws IOException {
        serve(
                "block",
                "--layout",
                "register-set",
                "--socket",
                socket().toString(),
                "--image",
                image.toString());
    }

    private void serve(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "serve"));
        command.addAll(List.of(arguments));
        server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        told = server.inputReader();
        assertTrue(told.readLine().contains(" serves emulated:block"));
    }

    private static BlockDriver start(PciFunction function) {
        LayoutChoice choice = LayoutChoice.of(function, Policy.parse("auto"));
        return BlockDriver.start(Transports.open(function, DeviceType.BLOCK, choice.require()));
    }

    private static byte[] all(BlockDriver driver) {
        byte[] all = new byte[SECTORS * SECTOR];
        for (int sector = 0; sector < SECTORS; sector += 64) {
            byte[] piece = new byte[64 * SECTOR];
            driver.read(sector, piece);
            System.arraycopy(piece, 0, all, sector * SECTOR, piece.length);
        }
        return all;
    }
}
