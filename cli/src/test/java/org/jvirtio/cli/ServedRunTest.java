package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.serve.DeviceServer;

/**
 * The product once more, over vfio-user: every device in every layout with either ring, driven by
 * the drivers that drive it over any other reach.
 */
class ServedRunTest {

    @TempDir private Path directory;

    @Test
    void everyRowOfTheEmbeddedRunIsVerifiedBehindSockets() {
        CommandRun run = CommandRun.of("run", "--reach", "vfio-user");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(64, run.out().lines().filter(line -> line.contains("yes, ")).count());
        assertTrue(run.out().contains("all rows verified"), run.all());
    }

    @ParameterizedTest
    @CsvSource({
        "virtio1, 3",
        "transitional, 4",
        "legacy, 2",
        "register-set, 2",
        "mail-transitional, 3",
    })
    void aDiskIsTheSameThroughEveryLayoutItHas(String layout, int rows) throws IOException {
        Path image = image();
        Path socket = directory.resolve("socket");
        try (DeviceServer server = new DeviceServer(line -> {})) {
            server.serve("block,layout=" + layout + ",image=" + image, socket);
            CommandRun run =
                    CommandRun.of(
                            "run", "--reach", "vfio-user:" + socket, "--image", image.toString());
            assertEquals(ExitCode.DONE, run.exit(), run.all());
            assertEquals(rows, run.out().lines().filter(line -> line.contains("yes, ")).count());
        }
    }

    @Test
    void everyDecisionIsPrintedWithItsReason() {
        Path socket = directory.resolve("socket");
        try (DeviceServer server = new DeviceServer(line -> {})) {
            server.serve("entropy,layout=virtio1", socket);
            CommandRun run = CommandRun.of("run", "--reach", "vfio-user:" + socket);
            assertTrue(run.out().contains("BAR4: doorbells are event descriptors"), run.all());
            assertTrue(run.out().contains("by messages, the server lends no file"), run.all());
            assertTrue(run.out().contains("virtio1: chosen: every rule holds"), run.all());
            assertTrue(run.out().contains("accepted    INDIRECT_DESC EVENT_IDX"), run.all());
            assertTrue(run.out().contains("refused RING_PACKED (bit 34)"), run.all());
        }
    }

    @Test
    void anotherFileIsFoundToBeAnother() throws IOException {
        Path image = image();
        Path other = Files.write(directory.resolve("other"), new byte[1 << 20]);
        Path socket = directory.resolve("socket");
        try (DeviceServer server = new DeviceServer(line -> {})) {
            server.serve("block,image=" + image, socket);
            CommandRun run =
                    CommandRun.of(
                            "run", "--reach", "vfio-user:" + socket, "--image", other.toString());
            assertEquals(ExitCode.FAILED, run.exit(), run.all());
        }
    }

    private Path image() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(20111008).nextBytes(bytes);
        return Files.write(directory.resolve("image"), bytes);
    }
}
