package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.cli.UsageException;
import org.jvirtio.linux.Processors;

/**
 * The ring benchmark's two peers, for a hundredth of a second: each checks by its tokens that every
 * buffer came back once. Without a C compiler these tests fail and say which package has one.
 */
class RingTest {

    private static final double SECONDS = 0.01;

    @ParameterizedTest
    @CsvSource({
        "SPLIT, 1, 1",
        "SPLIT, 1, 64",
        "SPLIT, 2, 1",
        "SPLIT, 2, 32",
        "PACKED, 1, 1",
        "PACKED, 1, 64",
        "PACKED, 2, 1",
        "PACKED, 2, 32",
    })
    void bothTurnTheRing(RingFormat format, int threads, int batch) {
        RingPlan plan = plan(format, threads, batch);
        RingSample ours = new RingRun(plan).round(SECONDS);
        RingSample theirs = RingInC.compile().round(plan);
        assertTrue(ours.buffers() >= 1 << 14, ours.toString());
        assertTrue(theirs.buffers() >= 1 << 14, theirs.toString());
        // On a thread of its own the device looks in vain at least when nothing is left to do.
        assertEquals(threads == 2, ours.looks() > 1, ours.toString());
        assertEquals(threads == 2, theirs.looks() > 1, theirs.toString());
    }

    @ParameterizedTest
    @CsvSource({"SPLIT", "PACKED"})
    void aPollingDeviceHardlyEverAsksForADoorbell(RingFormat format) {
        RingSample ours = new RingRun(plan(format, 1, 1)).round(SECONDS);
        RingSample theirs = RingInC.compile().round(plan(format, 1, 1));
        // Split with EVENT_IDX cannot say "never": an index just passed comes again.
        assertTrue(ours.doorbells() <= ours.buffers() / 65536 + 1, ours.toString());
        assertTrue(theirs.doorbells() <= theirs.buffers() / 65536 + 1, theirs.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "ring: used, but not in flight: 7"})
    void anythingButASampleIsRefused(String printed) {
        Exception thrown =
                assertThrows(RuntimeException.class, () -> RingSample.parse("C", printed));
        assertTrue(thrown.getMessage().contains("the ring of C"), thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 256", "1, 0, 256", "1, 257, 512", "1, 32, 16", "1, 1, 255"})
    void whatThePeersCannotDoIsWrongUsage(int threads, int batch, int entries) {
        assertThrows(
                UsageException.class,
                () ->
                        new RingPlan(
                                RingFormat.SPLIT, threads, batch, entries, SECONDS, List.of(0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "2, 40"})
    void oneThreadIsMeasuredInSecondsOfItsProcessor(int threads, double speed) {
        RingSample sample = new RingSample(40_000_000, 1, 0.8, 0, 0, 1);
        assertEquals(speed, sample.millionsPerSecond(threads), 1e-9);
    }

    private static RingPlan plan(RingFormat format, int threads, int batch) {
        List<Integer> allowed = Processors.allowed();
        List<Integer> places = List.of(allowed.get(0), allowed.get(allowed.size() - 1));
        return new RingPlan(format, threads, batch, 256, SECONDS, places);
    }
}
