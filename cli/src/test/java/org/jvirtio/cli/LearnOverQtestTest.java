package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;

/** Every lesson a second time, on the devices of a QEMU that runs no guest. */
class LearnOverQtestTest {

    static List<Lesson> lessons() {
        return Course.lessons();
    }

    @AfterAll
    static void removesWhatTheLessonsMade() throws Exception {
        LessonFiles.remove();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void theCommandsOfALessonReachDevicesOfQemu(Lesson lesson) {
        CommandRun run = CommandRun.of("learn", "" + lesson.number(), "--real");
        assertEquals(0, run.exit(), run.all());
        assertTrue(run.out().contains("qtest:"), run.all());
        for (String complaint :
                List.of("defect of jvirtio", "there is no ", "Exception", "no answer within")) {
            assertFalse(run.out().contains(complaint), run.all());
        }
    }
}
