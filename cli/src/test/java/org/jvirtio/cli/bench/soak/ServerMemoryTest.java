package org.jvirtio.cli.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
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
        try {
            dropAnArray();

            long grown = ServerMemory.of(self).liveKib() - before;

            assertTrue(
                    Math.abs(grown - MEBIBYTES * 1024L) < 2048,
                    () -> grown + " KiB more, of which " + MEBIBYTES + " MiB are ours");
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private static void dropAnArray() {
        byte[] dropped = new byte[MEBIBYTES << 20];
        assertEquals(0, dropped[dropped.length - 1]);
    }

    /** Of a process that opens nothing by itself: a JVM does, such as its limits in cgroups. */
    @Test
    void anOpenFileIsADescriptorMore() throws IOException {
        assertEquals(3, descriptorsOf("echo; read end"));
        assertEquals(4, descriptorsOf("exec 5</dev/null; echo; read end"));
    }

    private static long descriptorsOf(String script) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", script).start();
        try {
            assertEquals('\n', shell.getInputStream().read()); // It stands at its read now.
            return ServerMemory.descriptors(Path.of("/proc", "" + shell.pid()));
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void aJvmHasDescriptors() {
        assertTrue(ServerMemory.of(self).descriptors() > 3);
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

    /** A server that is stuck keeps whoever asks it waiting. */
    @Test
    void nobodyIsWaitedForLongerThanTheLimit() throws IOException {
        long start = System.nanoTime();
        List<String> lines = ServerMemory.printed(List.of("sleep", "20"), Duration.ofSeconds(1));
        assertEquals(List.of(), lines);
        assertTrue(System.nanoTime() - start < 10_000_000_000L, "it was waited for to its end");
    }
}
