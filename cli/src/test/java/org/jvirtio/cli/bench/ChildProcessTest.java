package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.guest.ChildProcess;

class ChildProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void whatAProgramPrintsComesBack() throws Exception {
        assertEquals("one\n", ChildProcess.run(shell("echo one; echo two >&2"), LIMIT));
    }

    @Test
    void whatAProgramComplainsOfIsNotWhatItPrints() throws Exception {
        try (ChildProcess child = ChildProcess.start(shell("echo one; echo two >&2"))) {
            assertEquals("one\n", child.await(LIMIT));
            assertEquals("two\n", child.complaints());
        }
    }

    @Test
    void moreThanAPipeHoldsDoesNotStopIt() throws Exception {
        assertEquals(1 << 20, ChildProcess.run(shell("head -c 1048576 /dev/zero"), LIMIT).length());
    }

    @Test
    void aProgramThatFailsIsToldWithItsWords() {
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () -> ChildProcess.run(shell("echo why >&2; exit 7"), LIMIT));

        assertTrue(e.getMessage().contains("status 7"), e.getMessage());
        assertTrue(e.getMessage().contains("why"), e.getMessage());
    }

    @Test
    void aProgramThatDoesNotEndIsToldAtTheLimit() {
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () -> ChildProcess.run(shell("exec sleep 60"), Duration.ofSeconds(1)));

        assertTrue(e.getMessage().contains("did not end within 1 s"), e.getMessage());
    }

    @Test
    void aProgramThatIsStoppedMaySayItsLastWords() throws Exception {
        String script = "trap 'echo last; exit 0' TERM; echo first; while :; do sleep 0.1; done";
        try (ChildProcess child = ChildProcess.start(shell(script))) {
            Thread.sleep(500);

            assertEquals("first\nlast\n", child.stop(LIMIT));
        }
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }
}
