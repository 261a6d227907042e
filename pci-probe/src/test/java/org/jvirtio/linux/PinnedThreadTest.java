package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.EnvironmentException;

/** sched_setaffinity(2), held against what /proc says of the thread. */
@Timeout(10)
class PinnedThreadTest {

    private static String allowed() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPinnedThreadHasItsNameAndItsProcessorAndNoOther() {
        int core = Processors.allowed().get(Processors.allowed().size() - 1);
        AtomicReference<String> seen = new AtomicReference<>();

        PinnedThread.start(
                        "disk 0",
                        core,
                        () -> seen.set(Thread.currentThread().getName() + ": " + allowed()))
                .join();

        assertEquals("disk 0: " + core, seen.get());
    }

    @Test
    void theCallerStaysWhereItWas() {
        String before = allowed();

        PinnedThread.start("elsewhere", Processors.allowed().get(0), () -> {}).join();

        assertEquals(before, allowed());
    }

    @Test
    void aProcessorThatThereIsNotIsRefusedBeforeAnythingRuns() {
        AtomicReference<String> ran = new AtomicReference<>();

        EnvironmentException refused =
                assertThrows(
                        EnvironmentException.class,
                        () -> PinnedThread.start("nowhere", 1023, () -> ran.set("ran")));

        String message = refused.getMessage();
        assertTrue(message.startsWith("keeping a thread on processor 1023: EINVAL"), message);
        assertTrue(message.contains("Choose one of"), message);
        assertEquals(null, ran.get());
    }

    @Test
    void joiningThrowsWhatTheWorkThrew() {
        IllegalStateException failure = new IllegalStateException("the work failed");
        PinnedThread thread =
                PinnedThread.start(
                        "failing",
                        Processors.allowed().get(0),
                        () -> {
                            throw failure;
                        });

        assertSame(failure, assertThrows(IllegalStateException.class, thread::join));
    }
}
