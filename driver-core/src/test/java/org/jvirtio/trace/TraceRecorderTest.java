package org.jvirtio.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.Registers;
import org.mockito.InOrder;

/** Recording changes nothing for the registers below, and forgets nothing but the oldest. */
class TraceRecorderTest {

    private static final TraceHeader HEADER = new TraceHeader("a test", List.of());

    private final Registers below = mock(Registers.class);
    private final LatestEvents log = new LatestEvents(100);
    private final Registers recorded = new TraceRecorder(log).record("BAR4", 0x1000, below);

    @Test
    void everyAccessReachesTheRegistersOnceWithItsOwnWidth() {
        recorded.read8(1);
        recorded.read16(2);
        recorded.read32(4);
        recorded.write8(1, 10);
        recorded.write16(2, 20);
        recorded.write32(4, 40);

        InOrder order = inOrder(below);
        order.verify(below).read8(1);
        order.verify(below).read16(2);
        order.verify(below).read32(4);
        order.verify(below).write8(1, 10);
        order.verify(below).write16(2, 20);
        order.verify(below).write32(4, 40);
        order.verifyNoMoreInteractions();
    }

    @Test
    void whatWasReadIsReturnedAndWrittenDownWithItsPlaceInTheRegion() {
        when(below.read16(2)).thenReturn(0xfffe);

        assertEquals(0xfffe, recorded.read16(2));

        assertEquals(List.of("r16 BAR4+0x1002 0xfffe"), lines());
    }

    @Test
    void aValueIsWrittenDownAsTheBusSawIt() {
        recorded.write8(0, -1);
        assertEquals(List.of("w8 BAR4+0x1000 0xff"), lines());
    }

    @Test
    void anAccessThatFailsWasNone() {
        doThrow(new IndexOutOfBoundsException("outside")).when(below).write8(9, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> recorded.write8(9, 1));
        assertEquals(List.of(), lines());
    }

    @Test
    void theLatestEventsAreKeptAndTheOthersCounted() {
        LatestEvents two = new LatestEvents(2);
        TraceRecorder recorder = new TraceRecorder(two);
        for (int i = 0; i < 5; i++) {
            recorder.mark("step " + i);
        }
        Trace trace = two.trace(HEADER);
        assertEquals(3, trace.lost());
        assertEquals("step 3", ((Mark) trace.events().get(0)).text());
        assertEquals(2, trace.events().size());
    }

    /**
     * Two threads, each writes what it reads: in the log each read stays beside its write's value.
     */
    @Test
    void theOrderOfTheLogIsTheOrderOfTheAccesses() throws InterruptedException {
        LatestEvents many = new LatestEvents(100_000);
        TraceRecorder recorder = new TraceRecorder(many);
        Registers counter = recorder.record("BAR0", 0, new Counter());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int read = 0; read < 10_000; read++) {
                                    counter.read32(0);
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<Access> accesses = many.trace(HEADER).accesses();
        for (int i = 0; i < accesses.size(); i++) {
            assertEquals(i, accesses.get(i).value());
        }
        assertEquals(20_000, accesses.size());
        assertTrue(accesses.get(0).nanos() <= accesses.get(19_999).nanos());
    }

    private List<String> lines() {
        return log.trace(HEADER).accesses().stream().map(Access::toString).toList();
    }

    /** Reads 0, 1, 2, ...; not made for threads, as registers are not. */
    private static final class Counter implements Registers {

        private int next;

        @Override
        public long length() {
            return 4;
        }

        @Override
        public int read8(int offset) {
            return next++;
        }

        @Override
        public int read16(int offset) {
            return next++;
        }

        @Override
        public int read32(int offset) {
            return next++;
        }

        @Override
        public void write8(int offset, int value) {}

        @Override
        public void write16(int offset, int value) {}

        @Override
        public void write32(int offset, int value) {}
    }
}
