package org.jvirtio.cli.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** What is seen of a process from outside, at the process of this test. */
class ServerMemoryTest {

    private static final int MEBIBYTES = 8;

    private final long self = ProcessHandle.current().pid();

    @Test
    void anArrayThatIsKeptIsAmongTheLiveObjectsAndOneThatIsNotIsNot() {
        long before = ServerMemory.of(self).liveKib();
        byte[] kept = new byte[MEBIBYTES << 20];
        byte[] dropped = new byte[MEBIBYTES << 20];
        Reference.reachabilityFence(dropped);
        dropped = null;

        long grown = ServerMemory.of(self).liveKib() - before;
        Reference.reachabilityFence(kept);

        assertEquals(MEBIBYTES * 1024, grown, 2048, "KiB that two looks differ by");
    }

    @Test
    void anOpenFileIsADescriptorMore() throws IOException {
        long before = ServerMemory.of(self).descriptors();
        try (InputStream open = Files.newInputStream(Path.of("/proc/self/status"))) {
            assertEquals(before + 1, ServerMemory.of(self).descriptors());
            assertTrue(open.read() >= 0);
        }
    }

    @Test
    void residentMemoryIsThatOfTheKernel() {
        assertEquals(143_212, ServerMemory.resident(List.of("VmRSS:\t  143212 kB")));
    }

    @Test
    void aJvmWithoutThatHistogramIsSaidToBeOne() {
        EnvironmentException thrown =
                assertThrows(
                        EnvironmentException.class,
                        () -> ServerMemory.live(List.of("4711:", "Unknown diagnostic command")));

        assertTrue(thrown.getMessage().contains("Unknown diagnostic command"), thrown::getMessage);
    }
}
