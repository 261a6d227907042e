package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.serve.DeviceServer;

/**
 * A client that is not ours: QEMU makes a served disk one of its machine's, and the firmware of
 * that machine, which has a virtio driver of its own, reads the boot sector from it and runs it.
 */
class QemuClientTest {

    private static final String SAYS = "boot sector read over vfio-user";

    /** Prints the text at 0x20 to the first serial port, then halts: sixteen-bit code. */
    private static final String CODE = "31c08ed8fcbe207cac84c07406baf803eeebf5faf4ebfd";

    private static final int TEXT = 0x20;
    private static final int SECTOR = 512;
    private static final int DISK = 8 << 20;
    private static final long LIMIT_SECONDS = 60;

    @TempDir private Path directory;

    @ParameterizedTest
    @Timeout(LIMIT_SECONDS)
    @ValueSource(strings = {"virtio1", "transitional", "legacy"})
    void firmwareBootsFromAServedDisk(String layout) throws IOException, InterruptedException {
        requireClient();
        Path socket = directory.resolve("socket");
        List<String> told = new CopyOnWriteArrayList<>();
        try (DeviceServer server = new DeviceServer(told::add)) {
            server.serve("block,layout=" + layout + ",image=" + bootSector(), socket);
            Process qemu = qemu(socket);
            try (BufferedReader serial = qemu.inputReader()) {
                assertEquals(SAYS, first(serial), told.toString());
            } finally {
                qemu.destroyForcibly().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
        assertTrue(told.stream().noneMatch(line -> line.contains("is refused")), told.toString());
    }

    /** What comes before is QEMU's: that vfio-user has no error recovery. */
    private static String first(BufferedReader serial) throws IOException {
        String line = serial.readLine();
        while (line != null && !line.contains(SAYS)) {
            line = serial.readLine();
        }
        return line == null ? "the end" : line.strip();
    }

    private Path bootSector() throws IOException {
        byte[] disk = new byte[DISK];
        byte[] code = HexFormat.of().parseHex(CODE);
        byte[] text = (SAYS + "\r\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(code, 0, disk, 0, code.length);
        System.arraycopy(text, 0, disk, TEXT, text.length);
        disk[SECTOR - 2] = 0x55;
        disk[SECTOR - 1] = (byte) 0xaa;
        return Files.write(directory.resolve("disk"), disk);
    }

    private static Process qemu(Path socket) throws IOException {
        String device =
                "{\"driver\":\"vfio-user-pci\",\"bootindex\":0,"
                        + "\"socket\":{\"type\":\"unix\",\"path\":\""
                        + socket
                        + "\"}}";
        return new ProcessBuilder(
                        List.of(
                                "qemu-system-x86_64",
                                "-machine",
                                "q35,memory-backend=ram",
                                "-m",
                                "128M",
                                "-object",
                                "memory-backend-memfd,id=ram,size=128M,share=on",
                                "-nodefaults",
                                "-display",
                                "none",
                                "-vga",
                                "none",
                                "-accel",
                                "tcg",
                                "-serial",
                                "stdio",
                                "-device",
                                device))
                .redirectErrorStream(true)
                .start();
    }

    /** QEMU is a client of vfio-user since 10.1; Debian 12 has 7.2. */
    private static void requireClient() throws IOException {
        Process asked = new ProcessBuilder("qemu-system-x86_64", "--version").start();
        String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher number = Pattern.compile("version (\\d+)\\.(\\d+)").matcher(version);
        boolean found = number.find();
        int value =
                found
                        ? 100 * Integer.parseInt(number.group(1))
                                + Integer.parseInt(number.group(2))
                        : 0;
        assumeTrue(value >= 1001, "no QEMU 10.1 or newer on the path, but: " + version);
    }
}
