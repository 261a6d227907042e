package org.jvirtio.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.lab.Outcome;
import org.jvirtio.memory.NativeMemory;

/** "A driver MUST NOT create a descriptor chain longer than the Queue Size" (2.7.5.3.1). */
class BareQueueTest {

    private static final int SIZE = 2;

    private static void refusesLongChains(BareQueue queue) {
        List<Piece> chain = Collections.nCopies(SIZE + 1, new Piece(0x1000, 1, false));
        EndedException ended = assertThrows(EndedException.class, () -> queue.offer(chain));
        assertEquals(Outcome.SKIP, ended.finding().outcome());
    }

    private static Buffer buffer(int bytes) {
        NativeMemory memory = NativeMemory.allocate(bytes);
        return new Buffer(memory, memory.address());
    }

    @Test
    void aSplitQueueTakesNoChainThatIsLongerThanItself() {
        refusesLongChains(new BareSplitQueue(buffer(BareSplitQueue.bytes(SIZE)), SIZE));
    }

    @Test
    void aPackedQueueTakesNoChainThatIsLongerThanItself() {
        refusesLongChains(new BarePackedQueue(buffer(BarePackedQueue.bytes(SIZE)), SIZE));
    }
}
