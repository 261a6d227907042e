package org.jvirtio.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Every form of a report, also of devices that put something into it which a reader would obey. */
class ReportFormTest {

    /** Clears a terminal, ends a line, an element and a comment, turns the writing, is no XML. */
    private static final String HOSTILE =
            "\u001b[2J\u009b2J\r\nok 99 forged # SKIP\n<script>alert(1)</script>]]>&\"'\u202e"
                    + "\uffff\ud800\u0000-->";

    private static RunReport report(String seen) {
        List<ReportedCase> cases = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            String id = "sample/here/" + outcome.name().toLowerCase(java.util.Locale.ROOT);
            cases.add(reported(id, Cases.result(id, outcome, seen)));
        }
        String twice = "sample/there/twice";
        cases.add(
                reported(
                        twice,
                        Cases.result(twice, Outcome.FAIL, seen),
                        Cases.result(twice, Outcome.PASS, "good")));
        return new RunReport(
                "sample", Instant.EPOCH, Duration.ofSeconds(2), Map.of("serial", seen), cases);
    }

    private static ReportedCase reported(String id, CaseResult... attempts) {
        return new ReportedCase(
                id, "a claim", "section 2.1", List.of(attempts), Duration.ofMillis(5));
    }

    @ParameterizedTest
    @EnumSource(ReportForm.class)
    void noFormHoldsACharacterThatAReaderObeys(ReportForm form) {
        String text = form.of(report(HOSTILE));
        int[] obeyed =
                text.codePoints()
                        .filter(point -> point != '\n' && Character.isISOControl(point))
                        .toArray();
        assertEquals(0, obeyed.length, text);
        assertFalse(text.contains("\u202e"), "turns the direction of writing");
        assertFalse(text.contains("\ud800"), "half of a character");
    }

    @Test
    void aDeviceCannotForgeALineOfResults() {
        String ktap = ReportForm.KTAP.of(report(HOSTILE));
        assertFalse(ktap.lines().anyMatch(line -> line.strip().startsWith("ok 99")), ktap);
        String text = ReportForm.TEXT.of(report(HOSTILE));
        assertFalse(text.lines().anyMatch(line -> line.startsWith("ok 99")), text);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReportForm.class,
            names = {"JUNIT", "HTML"})
    void whatADeviceSaidIsTextAndNoElement(ReportForm form) throws Exception {
        Document page = parse(form.of(report(HOSTILE)));
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert(1)"));
    }

    @Test
    void jsonGivesBackWhatWasSeenToTheLetter() throws IOException {
        Map<String, Object> tree = JSON.std.mapFrom(ReportForm.JSON.of(report(HOSTILE)));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) tree.get("cases")).get(0);
        assertEquals(HOSTILE, first.get("seen"));
        assertEquals("PASS", first.get("outcome"));
        assertEquals(
                Map.of("PASS", 2, "FAIL", 1, "REJECT", 1, "WEDGED", 1, "SKIP", 1),
                tree.get("counts"));
    }

    @Test
    void junitCountsFailuresErrorsAndSkips() throws Exception {
        Document page = parse(ReportForm.JUNIT.of(report("0x12")));
        Element suite = (Element) page.getElementsByTagName("testsuite").item(0);
        assertEquals("sample/here", suite.getAttribute("name"));
        assertEquals("5", suite.getAttribute("tests"));
        for (String kind : List.of("failures", "errors", "skipped")) {
            assertEquals("1", suite.getAttribute(kind), kind);
        }
        Element failure = (Element) page.getElementsByTagName("failure").item(0);
        assertEquals("0x12", failure.getAttribute("message"));
        assertTrue(failure.getTextContent().contains("again: ./jvirtio sample sample/here/fail"));
    }

    @Test
    void ktapIsWhatTheKernelDocuments() {
        assertEquals(
                """
                KTAP version 1
                1..2
                  KTAP version 1
                  # Subtest: sample/here
                  1..5
                  ok 1 pass
                  # FAIL: a claim
                  # clause: section 2.1
                  # expected: something
                  # seen: 0x12
                  # again: ./jvirtio sample sample/here/fail
                  # trace: read 0x12
                  not ok 2 fail
                  # REJECT: 0x12
                  ok 3 reject
                  # WEDGED: a claim
                  # clause: section 2.1
                  # expected: something
                  # seen: 0x12
                  # again: ./jvirtio sample sample/here/wedged
                  # trace: read 0x12
                  not ok 4 wedged # TIMEOUT
                  ok 5 skip # SKIP 0x12
                not ok 1 sample/here
                  KTAP version 1
                  # Subtest: sample/there
                  1..1
                  # tried again after FAIL: 0x12
                  ok 1 twice
                ok 2 sample/there
                # sample: 6 cases in 2.0 s: 2 PASS, 1 FAIL, 1 REJECT, 1 WEDGED, 1 SKIP
                """,
                ReportForm.KTAP.of(report("0x12")));
    }

    @ParameterizedTest
    @EnumSource(ReportForm.class)
    void noFormHidesThatACaseWasTriedAgain(ReportForm form) {
        String text = form.of(report("0x12"));
        assertTrue(
                text.replace('_', ' ').contains("tried again")
                        || text.contains("\"retried\" : [ {"),
                text);
    }

    @ParameterizedTest
    @EnumSource(ReportForm.class)
    void everyFormSaysHowToSeeAFailureAgain(ReportForm form) {
        assertTrue(form.of(report("x")).contains("./jvirtio sample sample/here/fail"));
    }

    @Test
    void htmlNeedsNothingFromElsewhere() {
        String page = ReportForm.HTML.of(report("x"));
        assertFalse(page.matches("(?s).*(https?:|src=|href=|@import|url\\().*"), page);
        assertTrue(page.contains("prefers-color-scheme: dark"), page);
        assertTrue(page.indexOf("sample/here/fail") < page.indexOf("<details"), "bad cases first");
    }

    private static Document parse(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
    }
}
