package org.jvirtio.learn.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;

/** Every exercise: what a learner begins with is not good enough, and the solution is. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExercisesTest {

    static List<Lesson> lessons() {
        return Course.lessons();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theFileWithAHoleCompilesAndFails(Lesson lesson) throws Exception {
        List<Verdict> verdicts = judge(lesson, lesson.exercise().unsolved());
        assertTrue(verdicts.stream().anyMatch(verdict -> !verdict.right()), verdicts::toString);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theSolutionPasses(Lesson lesson) throws Exception {
        List<Verdict> verdicts = judge(lesson, lesson.exercise().solved());
        assertTrue(verdicts.size() >= 4, "a checker of four inputs or more");
        for (Verdict verdict : verdicts) {
            assertTrue(verdict.right(), verdict::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void everyWrongResultIsExplained(Lesson lesson) throws Exception {
        for (Verdict verdict : judge(lesson, lesson.exercise().unsolved())) {
            assertFalse(verdict.clause().isBlank(), verdict::toString);
            assertTrue(verdict.right() || !verdict.hint().isBlank(), verdict::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theFilesDifferInTheHoleAlone(Lesson lesson) {
        assertNotEquals(lesson.exercise().solved(), lesson.exercise().unsolved());
        assertFalse(lesson.exercise().unsolved().contains("//: "), "no mark is left");
        assertFalse(lesson.exercise().solved().contains("your code"), "no hole is left");
    }

    private static List<Verdict> judge(Lesson lesson, String source) throws Exception {
        LearnerCompiler compiled = LearnerCompiler.compile(lesson.exercise().fileName(), source);
        assertEquals(List.of(), compiled.errors());
        Object code = compiled.load(lesson.exercise().name()).getConstructor().newInstance();
        return lesson.checker().trialsOf(code).stream()
                .map(trial -> trial.hint(withHint(trial)).judge())
                .toList();
    }

    /** Trials that are made with every hint that they have. */
    private static String withHint(Trial trial) {
        return trial.hint().isBlank() && !trial.mistakes().isEmpty()
                ? "one of " + trial.mistakes().values()
                : trial.hint();
    }
}
