package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a program of the host, whoever asked for it. */
@Timeout(60)
class HostProgramTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir Path directory;

    private HostProgram.Ended sh(Duration limit, String script)
            throws IOException, InterruptedException {
        return HostProgram.run(directory, List.of("sh", "-c", script), limit);
    }

    @Test
    void givesWhatItSaidAndItsExitStatus() throws Exception {
        assertEquals(
                new HostProgram.Ended(OptionalInt.of(3), "out\nerr\n"),
                sh(LONG, "echo out; echo err >&2; exit 3"));
    }

    @Test
    void runsItInItsDirectory() throws Exception {
        assertEquals(directory.toRealPath() + "\n", sh(LONG, "pwd -P").output());
    }

    @Test
    void speaksEnglish() throws Exception {
        assertEquals("C\n", sh(LONG, "echo $LC_ALL").output());
    }

    @Test
    void givesItNothingToRead() throws Exception {
        assertEquals(new HostProgram.Ended(OptionalInt.of(0), ""), sh(LONG, "cat"));
    }

    /** A pipe holds 64 KiB: whoever reads it only in the end waits for a program that waits. */
    @Test
    void readsMoreThanAPipeHolds() throws Exception {
        assertEquals(300_000, sh(LONG, "head -c 300000 /dev/zero").output().length());
    }

    @Test
    void endsOneThatIsLateAndKeepsWhatItSaid() {
        HostProgram.Ended late =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10), () -> sh(SHORT, "echo begun; sleep 20"));
        assertEquals(new HostProgram.Ended(OptionalInt.empty(), "begun\n"), late);
    }

    @Test
    void endsWhatALateOneStarted() throws Exception {
        sh(SHORT, "sleep 20 & echo $! > pid; wait");
        assertEnds(pid());
    }

    @Test
    void endsItWhenItsCallerIsInterrupted() throws Exception {
        Thread caller = Thread.currentThread();
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(
                        () -> {
                            while (!Files.exists(directory.resolve("pid"))) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            caller.interrupt();
                        });
        assertThrows(
                InterruptedException.class,
                () -> sh(LONG, "echo $$ > new; mv new pid; exec sleep 20"));
        other.join();
        assertEnds(pid());
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    }

    private static void assertEnds(long pid) {
        for (int i = 0; runs(pid) && i < 10_000; i++) {
            LockSupport.parkNanos(1_000_000);
        }
        assertFalse(runs(pid), "process " + pid + " still runs");
    }

    /** One that ended and nobody has asked for has no words left. */
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }
}
