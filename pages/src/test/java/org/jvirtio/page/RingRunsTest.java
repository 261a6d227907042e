package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A ring of a thousand entries has few parts, and every entry is in one of them. */
class RingRunsTest {

    private static List<RingEntry> entries(int count, int busy) {
        return IntStream.range(0, count)
                .mapToObj(
                        index ->
                                new RingEntry(
                                        index,
                                        index < busy
                                                ? RingEntry.State.IN_FLIGHT
                                                : RingEntry.State.FREE,
                                        "words",
                                        RingEntry.NONE))
                .toList();
    }

    @Test
    void freeNeighboursAreOneRunAndBusyOnesStandAlone() {
        List<String> words =
                RingRuns.of(entries(256, 2)).stream().map(run -> run.words("place")).toList();
        assertEquals(
                List.of(
                        "place 0, in flight: words",
                        "place 1, in flight: words",
                        "place 2 to 255: free"),
                words);
    }

    @Test
    void nobodyHasToGoThroughAThousandBusyEntries() {
        List<RingRuns.Run> runs = RingRuns.of(entries(1024, 1000));
        assertEquals(2, runs.size());
        assertEquals(1024, runs.stream().mapToInt(run -> run.entries().size()).sum());
    }

    @Test
    void aRingOfOneRunIsStillDrawn() {
        String svg =
                Page.fragment(
                        new RingPicture(
                                        "queue",
                                        List.of(new Ring("used", entries(8, 0), List.of())),
                                        List.of())
                                ::write);
        assertTrue(svg.contains("<path"), svg);
    }
}
