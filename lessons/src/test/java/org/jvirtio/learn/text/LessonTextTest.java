package org.jvirtio.learn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.learn.Course;
import org.jvirtio.learn.Lesson;
import org.jvirtio.learn.Resources;
import org.jvirtio.learn.picture.Picture;
import org.jvirtio.page.Markup;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Every text has the same five steps, runs something, and fits a terminal. */
class LessonTextTest {

    private static final Runner NOTHING =
            words -> new Runner.Printed(List.of("out"), Optional.empty());

    static List<Lesson> lessons() {
        return Course.lessons();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void hasFiveSteps(Lesson lesson) {
        assertEquals(
                List.of("Predict", "Run", "Explain", "Change", "Check"), lesson.text().sections());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void runsAtLeastTwoCommands(Lesson lesson) {
        assertTrue(lesson.text().commands().size() >= 2, lesson::title);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void endsWithTheCommandsOfItsExercise(Lesson lesson) {
        String text = Resources.text("texts/" + lesson.number() + ".md");
        String place = lesson.number() + " my-lessons\n";
        String check = "    ./jvirtio learn check " + lesson.number() + " --in my-lessons\n";
        assertTrue(text.contains("    ./jvirtio learn start " + place), text);
        assertTrue(text.endsWith(check), text);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void fitsATerminal(Lesson lesson) {
        for (String line : shown(lesson.text(), NOTHING)) {
            assertTrue(line.length() <= 100, line);
        }
    }

    @Test
    void breaksParagraphsAndKeepsTables() {
        List<String> lines =
                shown(
                        LessonText.parse(
                                "# T\n\n"
                                        + "word ".repeat(30)
                                        + "\n\n| a | b |\n|---|---|\n| 1 | 22 |\n"),
                        NOTHING);
        assertEquals("T", lines.get(0));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
        assertTrue(lines.containsAll(List.of("  a  b", "  -----", "  1  22")), lines::toString);
    }

    @Test
    void aCommandIsShownWithWhatItPrintsNow() {
        String text = "# T\n\n```\n$ ./jvirtio probe x\nother\n```\n";
        assertEquals(
                List.of("T", "", "    $ ./jvirtio probe x", "    out", ""),
                shown(LessonText.parse(text), NOTHING));
    }

    @Test
    void anExcerptHoldsAsLongAsItsLinesAreThereInOrder() {
        Command command = new Command(List.of("x"), List.of("a", "...", "d"));
        assertEquals(List.of("a", "...", "d"), command.excerpt(List.of("a", "b", "c", "d")));
        assertEquals(List.of("a", "c", "b"), command.excerpt(List.of("a", "c", "b")));
        assertEquals(Optional.of("d"), command.firstMissing(List.of("a", "b")));
        assertFalse(command.firstMissing(List.of("a", "d", "e")).isEmpty(), "nothing ends it");
    }

    @Test
    void thePageRunsNoScriptAndFetchesNothing() {
        Runner drawing = words -> new Runner.Printed(List.of("<out>"), Optional.of(new Drawn()));
        String page = LessonPage.of(Course.lesson(1).orElseThrow().text(), drawing);
        assertTrue(page.contains("<svg>drawn</svg>"), page);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("http:") || page.contains("https:"), page);
    }

    /**
     * XML forgives nothing, and a browser that is given XML shows nothing of a page that is none.
     */
    @ParameterizedTest
    @MethodSource("lessons")
    void aPageIsWellFormed(Lesson lesson) throws Exception {
        String page = LessonPage.of(lesson.text(), NOTHING);
        Document read =
                DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(page)));
        assertEquals(1, read.getElementsByTagName("h1").getLength(), "its title, once");
        assertEquals(5, read.getElementsByTagName("h2").getLength(), "its steps");
    }

    /** A picture of nothing. */
    private record Drawn() implements Picture {

        @Override
        public String title() {
            return "nothing";
        }

        @Override
        public List<String> lines() {
            return List.of();
        }

        @Override
        public void write(Markup page) {
            page.element("svg", "drawn");
        }
    }

    private static List<String> shown(LessonText text, Runner runner) {
        List<String> lines = new ArrayList<>();
        new TerminalText(lines::add, UnaryOperator.identity(), runner, () -> {}).show(text);
        return lines;
    }
}
