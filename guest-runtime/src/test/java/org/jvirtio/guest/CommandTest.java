package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** Programs of the host that an image is made with. */
class CommandTest {

    private static final String DOING = "trying a program";
    private static final String REMEDY = "Mend it.";

    private static String run(Duration limit, String... command) {
        return Command.run(DOING, REMEDY, Path.of("/"), List.of(command), limit);
    }

    private static EnvironmentException refused(Duration limit, String... command) {
        return assertThrows(EnvironmentException.class, () -> run(limit, command));
    }

    @Test
    void whatItPrintsIsReturned() {
        assertEquals(
                "out\nerr\n", run(Duration.ofMinutes(1), "sh", "-c", "echo out; echo err >&2"));
    }

    @Test
    void oneThatFailsIsToldWithWhatItSaid() {
        EnvironmentException failed =
                refused(Duration.ofMinutes(1), "sh", "-c", "echo no such thing; exit 3");
        assertTrue(failed.getMessage().contains("failed: no such thing"), failed.getMessage());
        assertTrue(failed.getMessage().endsWith(REMEDY), failed.getMessage());
    }

    @Test
    void oneThatIsMissingIsToldWithTheRemedy() {
        EnvironmentException missing = refused(Duration.ofMinutes(1), "no-such-program");
        assertTrue(
                missing.getMessage().contains("cannot start 'no-such-program'"),
                missing.getMessage());
    }

    /** Its output was awaited first, which has an end only when the program has. */
    @Test
    void oneThatHangsIsEndedAtTheLimit() {
        EnvironmentException late =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5),
                        () -> refused(Duration.ofMillis(300), "sh", "-c", "echo begun; sleep 8"));
        assertTrue(late.getMessage().contains("limit"), late.getMessage());
        assertTrue(late.getMessage().contains("begun"), late.getMessage());
    }

    /** Who has the pipe as well keeps it open: a program of the program has to end, too. */
    @Test
    void whatItStartedIsEndedWithIt() {
        EnvironmentException late =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5),
                        () -> refused(Duration.ofMillis(300), "sh", "-c", "sleep 8 & wait"));
        assertTrue(late.getMessage().contains("limit"), late.getMessage());
    }

    /** A server that it leaves behind has its output as well, which then has no end. */
    @Test
    void whatItLeavesBehindIsNotWaitedFor() {
        String said =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(15),
                        () -> run(Duration.ofMinutes(1), "sh", "-c", "echo done; sleep 20 &"));
        assertEquals("done\n", said);
    }
}
