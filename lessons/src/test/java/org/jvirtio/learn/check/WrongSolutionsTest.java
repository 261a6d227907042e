package org.jvirtio.learn.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;

/** A solution with one mistake in it: none passes, and what is said of the mistake is something. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class WrongSolutionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1 ~ device < 0x1000 ~ device < 0",
                "1 ~ device > 0x107f ~ device > 0x10ff",
                "2 ~ int offset : walk(config) ~ int offset = 0x40; offset < 0xf4; offset += 4",
                "3 ~ dword < 0 ~ dword != 0",
                "3 ~ .get()[1] ~ .get()[2]",
                "7 ~ if (again == last) { ~ if (i >= 0) {",
                "7 ~ last = again; ~ return again;",
                "7 ~ throw new IllegalStateException(\"the capacity never settles\") ~ return last",
                "8 ~ sum = (sum & 0xffff) + (sum >>> 16);"
                        + " ~ if (i + 2 >= bytes.length) sum = (sum & 0xffff) + (sum >>> 16);",
                "9 ~ memory.releaseFence() ~ memory.fullFence()",
                "9 ~ memory.acquireFence() ~ memory.fullFence()",
                "9 ~ memory.fullFence() ~ memory.fullFence(); memory.fullFence()",
                "9 ~ memory.acquireFence(); ~ if (taken == 0) return memory.load16(4100);",
                "9 ~ publish(memory, head, idx); ~ boolean ask = (memory.load16(4096) & 1) == 0;"
                        + " publish(memory, head, idx); if (idx == 0) return ask;",
            })
    void doesNotPass(int number, String right, String wrong) throws Exception {
        Lesson lesson = Course.lesson(number).orElseThrow();
        String solved = lesson.exercise().solved();
        assertTrue(solved.contains(right), solved);
        String source = solved.replace(right, wrong);

        LearnerCompiler compiled = LearnerCompiler.compile(lesson.exercise().fileName(), source);
        assertEquals(List.of(), compiled.errors());
        Object code = compiled.load(lesson.exercise().name()).getConstructor().newInstance();
        List<Verdict> failed =
                lesson.checker().trialsOf(code).stream()
                        .map(Trial::judge)
                        .filter(verdict -> !verdict.right())
                        .toList();
        assertFalse(failed.isEmpty(), source);
        assertFalse(failed.get(0).hint().isBlank(), failed::toString);
    }
}
