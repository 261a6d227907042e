package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.queue.QueueSnapshot.State;

/** Virtio 1.4 sections 2.7 and 2.8: whose each descriptor and entry is, at every moment. */
@ParameterizedClass
@MethodSource("org.jvirtio.queue.OpenQueue#everyFeatureSet")
class QueueSnapshotTest {

    @Parameter FeatureSet features;

    private OpenQueue open;

    /** One that is used, one of three buffers that the device has, and one it was not shown. */
    private QueueSnapshot moment() {
        open = new OpenQueue(features, 8);
        open.offerOne(1);
        open.queue.publish();
        open.peer.use(open.peer.take().id(), 16);
        open.queue.offer(open.three(), 2);
        open.queue.publish();
        open.offerOne(3);
        return open.queue.snapshot();
    }

    private static long count(QueueSnapshot snapshot, State state) {
        return snapshot.descriptors().stream().filter(some -> some.state() == state).count();
    }

    @Test
    void tellsWhoseEachDescriptorIs() {
        QueueSnapshot seen = moment();
        int threeBuffers = features.has(RingFeature.INDIRECT_DESC) ? 1 : 3;
        assertEquals(1, count(seen, State.USED), seen.toString());
        assertEquals(threeBuffers, count(seen, State.IN_FLIGHT), seen.toString());
        assertEquals(1, count(seen, State.OFFERED), seen.toString());
        assertEquals(2 + threeBuffers, seen.busy());
    }

    @Test
    void changesNothing() {
        moment();
        assertTrue(open.queue.poll());
        assertEquals(16, open.queue.usedLength());
        assertFalse(open.queue.poll());
        assertEquals(2, open.queue.inFlight());
    }

    @Test
    void anEmptyQueueHasNothingBusy() {
        open = new OpenQueue(features, 8);
        assertEquals(0, open.queue.snapshot().busy());
        assertEquals(8, count(open.queue.snapshot(), State.FREE));
    }

    @Test
    void afterManyLapsEverythingIsLeftOver() {
        open = new OpenQueue(features, 8);
        for (int i = 0; i < 100; i++) {
            open.offerOne(i);
            open.queue.publish();
            open.peer.use(open.peer.take().id(), 0);
            assertEquals(1, count(open.queue.snapshot(), State.USED), "request " + i);
            assertTrue(open.queue.poll());
            assertEquals(0, open.queue.snapshot().busy(), "request " + i);
        }
    }

    @Test
    void theRingsOfASplitQueueTellTheSame() {
        QueueSnapshot seen = moment();
        if (features.has(RingFeature.RING_PACKED)) {
            assertEquals(List.of(), seen.available());
            return;
        }
        List<State> states = seen.available().stream().map(QueueSnapshot.Head::state).toList();
        assertEquals(List.of(State.USED, State.IN_FLIGHT, State.OFFERED), states.subList(0, 3));
        assertEquals(State.USED, seen.used().get(0).state());
        assertEquals(2, seen.driverPlace());
        assertEquals(1, seen.devicePlace());
        assertEquals(0, seen.harvestPlace());
    }
}
