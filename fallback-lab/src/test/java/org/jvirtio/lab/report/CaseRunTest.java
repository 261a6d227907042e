package org.jvirtio.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** Cases that hang, throw and change their minds cost themselves, never the run. */
class CaseRunTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private static ReportedCase run(int retries, LabCase some) {
        return new CaseRun(1, LIMIT, retries).run(List.of(some), each -> {}).get(0);
    }

    @Test
    void aCaseThatHangsIsWedgedWithItsThreadAndWhereItStood() {
        CountDownLatch never = new CountDownLatch(1);
        ReportedCase hung = run(0, Cases.running("hangs", () -> waitFor(never)));
        assertEquals(Outcome.WEDGED, hung.outcome());
        assertTrue(hung.result().seen().contains("thread 'case hangs'"), hung.result().seen());
        assertTrue(
                hung.result().trace().stream()
                        .anyMatch(frame -> frame.contains("CaseRunTest.waitFor")),
                hung.result().trace().toString());
    }

    private static CaseResult waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Cases.result("hangs", Outcome.PASS, "too late");
    }

    @Test
    void aCaseThatThrowsFailsWithItsStack() {
        ReportedCase thrown = run(0, Cases.running("throws", () -> List.<CaseResult>of().get(0)));
        assertEquals(Outcome.FAIL, thrown.outcome());
        assertTrue(thrown.result().seen().contains("IndexOutOfBounds"), thrown.result().seen());
        assertTrue(thrown.result().trace().size() > 3);
    }

    @Test
    void aCaseThatGivesTheResultOfAnotherFails() {
        LabCase liar = Cases.running("one", () -> Cases.result("two", Outcome.PASS, ""));
        assertEquals(Outcome.FAIL, run(0, liar).outcome());
    }

    @Test
    void anotherAttemptCountsAndTheFirstIsKept() {
        AtomicInteger attempts = new AtomicInteger();
        LabCase second =
                Cases.running(
                        "second",
                        () ->
                                Cases.result(
                                        "second",
                                        attempts.incrementAndGet() < 2
                                                ? Outcome.FAIL
                                                : Outcome.PASS,
                                        "attempt " + attempts));
        ReportedCase reported = run(3, second);
        assertEquals(Outcome.PASS, reported.outcome());
        assertEquals("attempt 1", reported.retried().get(0).seen());
        assertEquals(2, reported.attempts().size());
    }

    @Test
    void aBadCaseIsTriedNoMoreOftenThanAsked() {
        assertEquals(3, run(2, Cases.ending("bad", Outcome.FAIL)).attempts().size());
        assertEquals(1, run(2, Cases.ending("good", Outcome.REJECT)).attempts().size());
    }

    @Test
    void resultsComeInTheOrderOfTheCasesAndEachIsTold() {
        List<LabCase> cases = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            cases.add(Cases.ending("case/" + i, Outcome.PASS));
        }
        List<String> told = new ArrayList<>();
        List<ReportedCase> reported =
                new CaseRun(4, LIMIT, 0).run(cases, each -> told.add(each.id()));
        assertEquals(
                cases.stream().map(LabCase::id).toList(),
                reported.stream().map(ReportedCase::id).toList());
        assertEquals(50, told.size());
    }

    @Test
    void aResultSurvivesItsLine() {
        CaseResult result = Cases.result("a/b", Outcome.WEDGED, "\u001b\n\"\\ \u00e4");
        ResultLine line = new ResultLine(12, result);
        assertEquals(line, ResultLine.parse(line.text()).orElseThrow());
        assertEquals(1, line.text().lines().count());
        assertTrue(ResultLine.parse("{\"id\": 3, \"outcome\"").isEmpty());
    }

    @Test
    void aLineWithoutAWholeResultIsNone() {
        assertTrue(ResultLine.parse("{}").isEmpty());
        assertTrue(
                ResultLine.parse("{\"millis\":1,\"result\":{\"id\":\"a\",\"trace\":[]}}")
                        .isEmpty());
    }

    /** A thread is joined by milliseconds, and of 0 for ever. */
    @Test
    void aLimitBelowAMillisecondIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new CaseRun(1, Duration.ofNanos(500), 0));
    }
}
