package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.RingPeer;
import org.jvirtio.partner.SplitPeer;

/** Virtio 1.4 section 2.7: what only the split format has. */
class SplitQueueTest {

    private static final FeatureSet EVENT_IDX = FeatureSet.of(RingFeature.EVENT_IDX);
    private static final FeatureSet IN_ORDER = FeatureSet.of(RingFeature.IN_ORDER);

    private OpenQueue open;
    private Virtqueue queue;
    private SplitPeer device;

    private void open(FeatureSet features, int capacity) {
        open = new OpenQueue(features, capacity);
        queue = open.queue;
        device = (SplitPeer) open.peer;
    }

    private int flagsOf(int descriptor) {
        return descriptorWord(descriptor, 12);
    }

    private int nextOf(int descriptor) {
        return descriptorWord(descriptor, 14);
    }

    private int descriptorWord(int descriptor, int at) {
        long address = queue.addresses().descriptors() + 16L * descriptor;
        return open.memory.at(address, 16).read16(at);
    }

    /** Section 2.7.9: "the driver places buffers into the descriptor table in ring order". */
    @Test
    void usesDescriptorsInRingOrderWhenInOrder() {
        open(IN_ORDER, 4);
        for (int lap = 0; lap < 10; lap++) {
            int first = lap * 3 % 4;
            queue.offer(open.three(), lap);
            queue.publish();
            RingPeer.Request request = device.take();
            assertEquals(first, request.id());
            assertEquals((first + 1) % 4, nextOf(first));
            assertEquals((first + 2) % 4, nextOf((first + 1) % 4));
            assertEquals(2, flagsOf((first + 2) % 4));
            device.use(request.id(), 0);
            assertTrue(queue.poll());
        }
    }

    @Test
    void usesTheDescriptorLastGivenBackFirstWhenNotInOrder() {
        open(FeatureSet.NONE, 8);
        open.publishOnes(3);
        List<RingPeer.Request> requests = open.takeAll();
        device.use(requests.get(1).id(), 1);
        assertTrue(queue.poll());
        open.publishOnes(1);

        assertEquals(requests.get(1).id(), device.take().id());
    }

    /** Section 2.7.9: one used element for a batch; "those before it" were used completely. */
    @Test
    void takesABatchThatIsOneUsedElement() {
        open(IN_ORDER, 8);
        open.publishOnes(5);
        List<RingPeer.Request> requests = open.takeAll();
        device.writeBatch(requests.subList(0, 3), 17);
        device.writeBatch(requests.subList(3, 5), 18);
        device.show();
        long[] lengths = {64, 64, 17, 64, 18};
        for (int i = 0; i < 5; i++) {
            assertTrue(queue.poll());
            assertEquals(i, queue.token());
            assertEquals(lengths[i], queue.usedLength());
        }
        assertFalse(queue.poll());
    }

    @Test
    void publishesWithTheIndexAlone() {
        open(FeatureSet.NONE, 8);
        open.offerOne(1);
        open.offerOne(2);
        assertEquals(0, device.availableIndex());

        queue.publish();

        assertEquals(2, device.availableIndex());
    }

    @Test
    void obeysOnlyTheWayOfAskingThatWasNegotiated() {
        open(EVENT_IDX, 8);
        device.setUsedFlags(1); // 2.7.10.1: the flag "MUST" be ignored
        open.publishOnes(1);
        assertTrue(queue.ringIfAsked());

        open(FeatureSet.NONE, 8);
        device.setAvailableEvent(77);
        open.publishOnes(1);
        assertTrue(queue.ringIfAsked());
    }

    @Test
    void ringsAfterALongTimeWithoutAsking() {
        open(EVENT_IDX, 2);
        device.setAvailableEvent(0);
        open.turn(65536 + 10); // 16 bits see only the last 10 entries of these
        device.setAvailableEvent(100);

        assertTrue(queue.ringIfAsked());
    }

    /** NOTIFICATION_DATA, section 4.1.5.2: next_off is the available index. */
    @Test
    void tellsTheDoorbellTheAvailableIndex() {
        open(FeatureSet.NONE, 4);
        open.turn(65535);
        open.publishOnes(3);
        queue.ringIfAsked();

        assertEquals(List.of(2), open.rings);
    }

    @Test
    void leavesTheAvailableFlagsZeroWithEventIndex() {
        for (FeatureSet features : List.of(EVENT_IDX, FeatureSet.NONE)) {
            open(features, 8);
            queue.disableInterrupts();
            assertEquals(features.isEmpty() ? 1 : 0, device.availableFlags());

            queue.enableInterrupts();
            assertEquals(0, device.availableFlags());
        }
    }

    @Test
    void harvestsABatchOnOneReadingOfTheIndex() {
        open(FeatureSet.NONE, 8);
        open.publishOnes(4);
        List<RingPeer.Request> requests = open.takeAll();
        device.use(requests.get(0).id(), 1);
        device.use(requests.get(1).id(), 1);
        assertTrue(queue.poll());
        device.showIndex(4711); // not looked at while the batch of two lasts
        assertTrue(queue.poll());
    }
}
