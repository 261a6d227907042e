package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page in a real browser: it shows itself without a network, says nothing on the console, can
 * be read in light and dark (WCAG 2.2, 1.4.3), needs no sideways scrolling on a telephone, and
 * gives the keyboard whatever it gives the pointer (2.1.1).
 *
 * <p>Pictures of every page, in light and dark, wide and narrow, are left in {@code target/pages},
 * for people to look at.
 */
class PageBrowserTest {

    private static final int TAB = 9;
    private static final List<Integer> WIDTHS = List.of(360, 480, 768, 1024, 1600);
    private static final Path SCREENSHOTS = Path.of("target", "pages");

    @TempDir static Path directory;
    private static Browser browser;

    /** Names of pages, and the commands that write them. */
    private enum Written {
        EXPLAIN("explain emulated:block,layout=legacy+register-set+virtio1 --as all"),
        EXPLAIN_MAIL("explain emulated:block,layout=mail-transitional"),
        EXPLAIN_BROKEN("explain emulated:block --overlay list-loops"),
        PROBE("probe emulated:block emulated:net,layout=legacy emulated:entropy"),
        RUN("run --embedded"),
        LESSON_HEADER("learn 1"),
        LESSON_CAPABILITIES("learn 2"),
        LESSON_HANDSHAKE("learn 4"),
        LESSON_QUEUE("learn 5"),
        LESSON_SECTOR("learn 6"),
        LESSON_INTERRUPTS("learn 7"),
        LESSON_PING("learn 8"),
        MATRIX("matrix --device entropy --layout legacy");

        private final String command;

        Written(String command) {
            this.command = command;
        }

        Path file() {
            return directory.resolve(this + ".html");
        }

        void write() {
            CommandRun run = CommandRun.of((command + " -o html=" + file()).split(" ", -1));
            assertTrue(file().toFile().exists(), run.all());
        }
    }

    @BeforeAll
    static void writesEveryPageAndStartsABrowser() throws IOException {
        for (Written page : Written.values()) {
            page.write();
        }
        browser = Browser.start(directory);
    }

    @AfterAll
    static void closesTheBrowser() throws IOException {
        LessonFiles.remove();
        if (browser != null) {
            browser.close();
        }
    }

    static Written[] pages() {
        return Written.values();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void asksForNothingAndSaysNothingOnTheConsole(Written page) {
        browser.open(page.file());
        assertEquals(List.of(), browser.console());
        assertEquals(1, browser.requests().size(), () -> "" + browser.requests());
        assertTrue((Integer) browser.evaluate("document.body.innerText.length") > 500);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void needsNoSidewaysScrolling(Written page) throws IOException {
        browser.open(page.file());
        open("details", 6);
        for (int width : WIDTHS) {
            browser.size(width);
            browser.screenshot(SCREENSHOTS.resolve(page + "-" + width + ".png"), false);
            assertEquals(width, browser.evaluate("innerWidth"), "the window");
            assertEquals(0, look("overhang()"), page + " at " + width);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void canBeReadInLightAndDark(Written page) throws IOException {
        browser.open(page.file());
        browser.size(1024);
        open("details", 6);
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            Map<?, ?> seen = (Map<?, ?>) look("faint(document.body)");
            assertEquals(List.of(), seen.get("bad"), page + (dark ? " in the dark" : ""));
            assertTrue((Integer) seen.get("count") > 20, page + " has " + seen.get("count"));
            browser.evaluate("scrollTo(0, 0)");
            browser.screenshot(
                    SCREENSHOTS.resolve(page + (dark ? "-dark.png" : "-light.png")), true);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void tabComesToEveryPlaceAndShowsItsDetail(Written page) throws IOException {
        browser.open(page.file());
        browser.size(1024);
        open("details", 6);
        int stops = (Integer) look("stops().length");
        Set<Object> reached = new HashSet<>();
        // What scrolls sideways is a stop of the browser's own, so there may be more.
        for (int i = 0; i < 2 * stops && reached.size() < stops; i++) {
            browser.press("Tab", TAB);
            Map<?, ?> focus = (Map<?, ?>) look("focus()");
            if (!focus.get("stop").equals(-1)) {
                assertEquals(true, focus.get("seen"), () -> "detail of " + focus.get("name"));
                reached.add(focus.get("stop"));
            }
        }
        assertEquals(stops, reached.size(), "places that Tab came to");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePointerIsShownNothingThatTheKeyboardIsNot(Written page) throws IOException {
        browser.open(page.file());
        assertEquals(List.of(), look("pointerOnly()"));
    }

    @Test
    void aFieldTellsWhatItIsWhereThePointerIs() throws IOException {
        browser.open(Written.EXPLAIN.file());
        browser.size(1024);
        Map<?, ?> box = (Map<?, ?>) look("pointAt('.dump .field')");
        browser.point(((Number) box.get("x")).doubleValue(), ((Number) box.get("y")).doubleValue());
        String told = (String) look("shown('.dump .detail')");
        assertTrue(told.startsWith("VENDOR_ID: 0x1af4"), told);
    }

    /** A check that cannot fail is a defect: grey on white is found, and so is white on a shape. */
    @Test
    void textThatIsTooFaintIsFound() throws IOException {
        browser.open(Written.EXPLAIN.file());
        browser.dark(false);
        browser.evaluate(
                "document.querySelector('h2').style.color = '#999';"
                        + "document.querySelector('svg text.on').style.fill = '#fff'");
        List<?> bad = (List<?>) ((Map<?, ?>) look("faint(document.body)")).get("bad");
        assertEquals(2, bad.size(), bad.toString());
    }

    /** Opens the first few of what can be opened. */
    private static void open(String what, int most) {
        browser.evaluate(
                "[...document.querySelectorAll('"
                        + what
                        + "')].slice(0, "
                        + most
                        + ").forEach(e => e.open = true)");
    }

    private static Object look(String what) throws IOException {
        try (InputStream script = PageBrowserTest.class.getResourceAsStream("page-look.js")) {
            String looker = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return browser.evaluate("(" + looker + ")." + what);
        }
    }
}
