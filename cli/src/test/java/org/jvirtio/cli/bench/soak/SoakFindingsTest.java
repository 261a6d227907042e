package org.jvirtio.cli.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is called flat, and what is not. */
class SoakFindingsTest {

    private static final int HOUR = 60;

    @Test
    void aServerThatHoldsTheSameAllTheTimeIsFlat() {
        SoakFindings findings = hour(minute -> new ServerMemory(140_000, 3_000, 20));

        assertTrue(findings.isFlat());
        assertEquals("flat", findings.notes().get(0));
    }

    @Test
    void whatIsCompiledLaterIsNoGrowth() {
        assertTrue(hour(minute -> new ServerMemory(140_000 + 30 * minute, 3_000, 20)).isFlat());
    }

    @Test
    void aFewKilobytesThatEveryClientLeavesShowInAnHour() {
        SoakFindings findings = hour(minute -> new ServerMemory(140_000 + 60 * minute, 3_000, 20));

        assertFalse(findings.isFlat());
        assertEquals(
                "NOT flat: resident memory grew by 3,000 KiB, and may by 2,048 KiB",
                findings.notes().get(0));
    }

    @Test
    void objectsThatStayAreFoundBelowTheSizeOfAHeapThatNeverGrows() {
        SoakFindings findings = hour(minute -> new ServerMemory(140_000, 3_000 + 6 * minute, 20));

        assertEquals(
                "NOT flat: live objects grew by 300 KiB, and may by 256 KiB",
                findings.notes().get(0));
    }

    @Test
    void oneDescriptorThatStaysOpenIsTooMuch() {
        SoakFindings findings = hour(minute -> new ServerMemory(140_000, 3_000, 20 + minute / 30));

        assertEquals(
                "NOT flat: open descriptors grew by 1 open descriptors, and may by 0 open"
                        + " descriptors",
                findings.notes().get(0));
    }

    @Test
    void oneOddMinuteDecidesNothing() {
        assertTrue(
                hour(minute -> new ServerMemory(minute == 57 ? 900_000 : 140_000, 3_000, 20))
                        .isFlat());
    }

    @Test
    void aClientThatFailedIsSaidWithItsReason() {
        SoakFindings findings =
                new SoakFindings(
                        List.of(new ServerMemory(1, 1, 1), new ServerMemory(1, 1, 1)),
                        12,
                        1000,
                        List.of("it closed the connection"));

        assertFalse(findings.isFlat());
        assertEquals(
                "NOT flat: a client failed: it closed the connection", findings.notes().get(0));
        assertEquals(
                "12 clients made 1,000 requests in 2 minutes; 1 of them failed",
                findings.notes().get(2));
    }

    @Test
    void theFirstTenMinutesStandBesideTheLastTen() {
        List<String> rows =
                hour(minute -> new ServerMemory(minute, 1, 1)).cells().stream()
                        .limit(3)
                        .map(cell -> cell.parameters().get("minutes") + ": " + cell.samples())
                        .toList();

        assertEquals(
                List.of(
                        "1 to 10: {jvirtio=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]}",
                        "51 to 60: {jvirtio=[51.0, 52.0, 53.0, 54.0, 55.0, 56.0, 57.0, 58.0, 59.0,"
                                + " 60.0]}",
                        "growth of the median: {jvirtio=[50.0]}"),
                rows);
    }

    @Test
    void oneMinuteShowsNoGrowth() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SoakFindings(List.of(new ServerMemory(1, 1, 1)), 6, 1, List.of()));
    }

    private static SoakFindings hour(LongFunction<ServerMemory> minute) {
        return new SoakFindings(
                LongStream.rangeClosed(1, HOUR).mapToObj(minute).toList(), 360, 1000, List.of());
    }
}
