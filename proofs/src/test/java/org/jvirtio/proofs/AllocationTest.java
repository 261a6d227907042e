package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.UsedBatch;

/** A queue allocates nothing once it is there: ten million requests, not a byte. */
class AllocationTest {

    private static final int REQUESTS = 10_000_000;
    private static final int CAPACITY = 256;
    private static final int BATCH = 32;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Chain chain = new Chain(3);
    private final UsedBatch batch = new UsedBatch(BATCH);
    private long harvested;

    static Stream<Named<FeatureSet>> formats() {
        FeatureSet inOrder =
                FeatureSet.of(
                        RingFeature.IN_ORDER, RingFeature.EVENT_IDX, RingFeature.INDIRECT_DESC);
        return Stream.of(
                Named.of("split", Formats.SPLIT),
                Named.of("split, in order, event index, indirect", inOrder),
                Named.of("packed", Formats.PACKED),
                Named.of("packed, in order, event index, indirect", inOrder.or(Formats.PACKED)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void tenMillionRequestsAllocateNothing(FeatureSet features) {
        QueuePair pair = new QueuePair(features, CAPACITY, 4096);
        turn(pair, 1000); // loads the classes, and so does the first question
        assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count");
        long before = thread.getCurrentThreadAllocatedBytes();

        harvested = 0;
        turn(pair, REQUESTS / BATCH);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertEquals(REQUESTS, harvested);
        assertEquals(0, allocated);
    }

    private void turn(QueuePair pair, int batches) {
        for (int i = 0; i < batches; i++) {
            offer(pair);
            pair.queue.publish();
            pair.queue.ringIfAsked();
            answer(pair);
            pair.queue.enableInterrupts();
            if (pair.queue.poll()) {
                harvested++;
            }
            harvested += pair.queue.harvest(batch);
            pair.queue.disableInterrupts();
        }
    }

    /** Half of them chains of three buffers. */
    private void offer(QueuePair pair) {
        long address = pair.buffers.address();
        for (int i = 0; i < BATCH; i++) {
            if (i % 2 == 0) {
                pair.queue.offerWritable(address, 512, i);
            } else {
                chain.clear().readable(address, 16).writable(address, 512).writable(address, 1);
                pair.queue.offer(chain, i);
            }
        }
    }

    private static void answer(QueuePair pair) {
        while (pair.device.take()) {
            pair.device.use(pair.device.id(), 1);
        }
        pair.device.publish();
    }
}
