package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void whatChangedSinceThePictureBeforeIsMarkedAndStandsAlone() {
        RingPicture before = picture(List.of("a", "b", "c"), 0);
        RingPicture now = picture(List.of("a", "x", "c"), 1).since(before);
        String svg = Page.fragment(now::write);
        assertTrue(svg.contains("place 1, free: x (changed)"), svg);
        assertTrue(svg.contains(">1*<"), svg);
        assertTrue(svg.contains("a  index *"), svg);
        String same = Page.fragment(before.since(before)::write);
        assertFalse(same.contains("*"), same);
    }

    private static RingPicture picture(List<String> words, int hand) {
        List<RingEntry> entries =
                IntStream.range(0, words.size())
                        .mapToObj(
                                index ->
                                        new RingEntry(
                                                index,
                                                RingEntry.State.FREE,
                                                words.get(index),
                                                RingEntry.NONE))
                        .toList();
        Ring ring = new Ring("used", entries, List.of(new Ring.Hand("index", hand)));
        return new RingPicture("queue", List.of(ring), List.of());
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
