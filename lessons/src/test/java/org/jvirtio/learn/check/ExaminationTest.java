package org.jvirtio.learn.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;

/** Whatever a learner's file does, its judgement comes, in time, and says what happened. */
class ExaminationTest {

    private static final Lesson WALK = Course.lesson(2).orElseThrow();
    private static final String RETURN_FOUND = "        return found;";

    @TempDir private Path directory;

    @Test
    void aSolutionPassesInItsOwnJvm() throws Exception {
        Judgement judgement = judge(WALK.exercise().solved(), 60);
        assertTrue(judgement.passed(), judgement::toString);
        assertEquals("", judgement.printed());
    }

    @Test
    void anEndlessLoopIsEndedAndItsInputNamed() throws Exception {
        Judgement judgement =
                judge(solvedWith("!found.contains(pointer)", "!found.contains(-1)"), 15);
        assertFalse(judgement.passed());
        assertTrue(
                judgement.ending().contains("a capability that leads to itself"),
                judgement::toString);
        assertTrue(judgement.verdicts().size() >= 5, "what came before counts");
    }

    @Test
    void anExitEndsOnlyItself() throws Exception {
        Judgement judgement =
                judge(solvedWith(RETURN_FOUND, "        System.exit(7); return null;"), 60);
        assertTrue(judgement.ending().contains("exit status 7"), judgement::toString);
        assertTrue(judgement.ending().contains("a list 98 -> 84 -> 40"), judgement::toString);
    }

    @Test
    void theCompilerSaysItsOwnWordsAtTheLine() throws Exception {
        Judgement judgement = judge(solvedWith(RETURN_FOUND, "        return fund;"), 60);
        assertEquals(1, judgement.refusal().size(), judgement::toString);
        String[] said = judgement.refusal().get(0).split("\n", -1);
        assertTrue(
                said[0].matches("WalkCapabilities.java:\\d+: error: cannot find symbol"), said[0]);
        assertTrue(judgement.refusal().get(0).contains("        return fund;\n               ^"));
    }

    @Test
    void aClassThatIsNotTheOneAskedForIsRefused() throws Exception {
        Judgement judgement = judge("public class WalkCapabilities {}", 60);
        assertTrue(judgement.refusal().get(0).contains("does not implement"), judgement::toString);
    }

    @Test
    void whatItThrowsIsAResultWithItsLine() throws Exception {
        Judgement judgement =
                judge(solvedWith(RETURN_FOUND, "        return found.subList(9, 9);"), 60);
        assertEquals("", judgement.ending());
        String came = judgement.verdicts().get(0).came();
        assertTrue(
                came.matches("java.lang.IndexOutOfBounds.* at WalkCapabilities.java:\\d+"), came);
    }

    @Test
    void aFloodOfOutputIsCut() throws Exception {
        Judgement judgement =
                judge(
                        solvedWith(
                                RETURN_FOUND,
                                "        for (int i = 0; i < 100_000; i++) System.out.println(i);\n"
                                        + RETURN_FOUND),
                        60);
        assertTrue(judgement.passed(), judgement::toString);
        assertTrue(judgement.printed().length() < 20_000, "kept " + judgement.printed().length());
        assertTrue(judgement.printed().contains("bytes more"));
    }

    private static String solvedWith(String before, String after) {
        String solved = WALK.exercise().solved();
        assertTrue(solved.contains(before), solved);
        return solved.replace(before, after);
    }

    private Judgement judge(String source, int seconds) throws Exception {
        Path file = directory.resolve("WalkCapabilities.java");
        Files.writeString(file, source);
        return new Examination(WALK, Duration.ofSeconds(seconds)).judge(file, directory);
    }
}
