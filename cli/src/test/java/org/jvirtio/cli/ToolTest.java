package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** Programs of the system, and what becomes of one that does not end. */
class ToolTest {

    @Test
    void aProgramGivesItsOutputAndItsExitStatus() {
        Tool.Result result = new Tool("sh", "dash").run("-c", "echo out; echo err >&2; exit 3");
        assertEquals(3, result.exit());
        assertEquals("out\nerr\n", result.output());
    }

    /** It keeps its output open, which was read to its end before anybody looked at the clock. */
    @Test
    void aProgramThatDoesNotEndIsEnded() {
        Tool slow = new Tool("sleep", "coreutils", Duration.ofSeconds(1));
        EnvironmentException late =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThrows(EnvironmentException.class, () -> slow.run("60")));
        assertTrue(late.getMessage().contains("not done after 1 s"), late.getMessage());
    }

    /** Who has the pipe as well keeps it open. */
    @Test
    void whatItStartedIsEndedWithIt() {
        Tool slow = new Tool("sh", "dash", Duration.ofSeconds(1));
        EnvironmentException late =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () ->
                                assertThrows(
                                        EnvironmentException.class,
                                        () -> slow.run("-c", "sleep 60 & wait")));
        assertTrue(late.getMessage().contains("not done after 1 s"), late.getMessage());
    }

    /** Its words are searched for some. */
    @Test
    void aProgramSpeaksEnglish() {
        assertEquals("C\n", new Tool("sh", "dash").require("-c", "echo $LC_ALL"));
    }
}
