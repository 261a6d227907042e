package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;
import org.jvirtio.learn.text.Command;

/** What the lessons show behind a {@code $} is what the command prints; dots skip lines. */
class LearnCommandTest {

    @TempDir private Path directory;

    @BeforeAll
    static void makesTheDiskOfLessonSix() {
        CommandRun disk = CommandRun.of("learn", "disk", LessonFiles.disk());
        assertEquals(0, disk.exit(), disk.all());
    }

    @AfterAll
    static void removesWhatTheLessonsMade() throws Exception {
        LessonFiles.remove();
    }

    static Stream<Arguments> commands() {
        return Course.lessons().stream()
                .flatMap(
                        lesson ->
                                lesson.text().commands().stream()
                                        .map(each -> Arguments.of(lesson.number(), each)));
    }

    static List<Lesson> lessons() {
        return Course.lessons();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aLessonShowsWhatItsCommandPrints(int lesson, Command command) {
        CommandRun run = CommandRun.of(command.words().toArray(new String[0]));
        List<String> printed = run.out().lines().toList();
        if (run.exit() != 0) {
            printed = Stream.concat(printed.stream(), run.err().lines()).toList();
        }
        assertEquals(Optional.empty(), command.firstMissing(printed), run.all());
        assertTrue(run.exit() == ExitCode.DONE || run.exit() == ExitCode.FAILED, run.all());
        assertTrue(run.exit() == ExitCode.DONE || !command.shown().isEmpty(), run.all());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void aLessonIsShownWithItsCommandsRun(Lesson lesson) {
        CommandRun run = CommandRun.of("learn", "" + lesson.number());
        assertEquals(0, run.exit(), run.all());
        assertTrue(run.out().startsWith(lesson.title()), run.all());
        assertTrue(run.out().contains("$ ./jvirtio "), run.all());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void aLessonIsAPageWithPictures(Lesson lesson) {
        CommandRun run = CommandRun.of("learn", "" + lesson.number(), "-o", "html");
        assertEquals(0, run.exit(), run.all());
        assertTrue(run.out().contains("<h1>" + lesson.title() + "</h1>"), run.all());
        assertTrue(run.out().contains("</figure>"), run.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "chain", "bars", "handshake", "ring"})
    void everyPictureIsDrawnInEveryLayout(String picture) {
        for (String layout :
                List.of(
                        "virtio1",
                        "transitional",
                        "legacy",
                        "mail-transitional",
                        "mail-slow-isr")) {
            String function = "emulated:entropy,queue=4,layout=" + layout;
            CommandRun text = CommandRun.of("learn", "draw", picture, function);
            CommandRun page = CommandRun.of("learn", "draw", picture, function, "-o", "html");
            assertEquals(0, text.exit(), text.all());
            assertTrue(page.out().endsWith("</html>\n"), page.all());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "transitional", "legacy", "mail-transitional"})
    void aPingIsAnsweredInEveryLayout(String layout) {
        String function = "emulated:net,hub=lesson,layout=" + layout;
        CommandRun ping = CommandRun.of("learn", "draw", "ping", function);
        assertEquals(0, ping.exit(), ping.all());
        assertTrue(ping.out().contains("answered: the same 56 bytes"), ping.all());
    }

    @Test
    void aPingWithoutANeighbourSaysSo() {
        CommandRun ping = CommandRun.of("learn", "draw", "ping", "emulated:net");
        CommandRun.refused(ping, ExitCode.FAILED, "no answer within", "hub=lesson");
    }

    @Test
    void anExerciseIsHandedOutOnceAndJudged() throws Exception {
        String place = directory.resolve("mine").toString();
        CommandRun start = CommandRun.of("learn", "start", "1", place);
        assertEquals(0, start.exit(), start.all());
        assertEquals(ExitCode.USAGE, CommandRun.of("learn", "start", "1", place).exit());

        CommandRun unsolved = CommandRun.of("learn", "check", "1", "--in", place);
        assertEquals(ExitCode.FAILED, unsolved.exit(), unsolved.all());
        assertTrue(
                unsolved.out().contains("expected  0x1af4   (PCI Local Bus 3.0"), unsolved.all());

        CommandRun solution = CommandRun.of("learn", "solution", "1");
        Files.writeString(Path.of(place, "DecodeHeader.java"), solution.out());
        CommandRun solved = CommandRun.of("learn", "check", "1", "--in", place);
        assertEquals(ExitCode.DONE, solved.exit(), solved.all());
    }

    @Test
    void theListHasEveryLesson() {
        CommandRun list = CommandRun.of("learn");
        for (Lesson lesson : Course.lessons()) {
            assertTrue(list.out().contains(lesson.title()), list.all());
        }
    }

    @Test
    void wrongNamesAreUsage() {
        assertEquals(ExitCode.USAGE, CommandRun.of("learn", "99").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("learn", "check", "1", "--in", "/no").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("learn", "draw", "cat", "emulated:net").exit());
    }
}
