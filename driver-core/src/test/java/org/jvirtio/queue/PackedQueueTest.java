package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PackedPeer;
import org.jvirtio.partner.PartnerMemory;
import org.jvirtio.partner.RingPeer;

/** Virtio 1.4 section 2.8: what only the packed format has. */
class PackedQueueTest {

    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int AVAIL = 1 << 7;
    private static final int USED = 1 << 15;
    private static final int WRAP = 1 << 15;
    private static final FeatureSet PACKED = FeatureSet.of(RingFeature.RING_PACKED);

    private OpenQueue open;
    private Virtqueue queue;
    private PackedPeer device;

    private void open(int capacity, RingFeature... more) {
        open = new OpenQueue(PACKED.or(FeatureSet.of(more)), capacity);
        queue = open.queue;
        device = (PackedPeer) open.peer;
    }

    /** Section 2.8.10.1: not a power of two, and as few as one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 32767, 32768})
    void hasAnySize(int capacity) {
        open(capacity);
        for (int i = 0; i < capacity; i++) {
            assertTrue(open.offerOne(i));
        }
        assertFalse(open.offerOne(capacity));
        queue.publish();
        open.takeAll().forEach(request -> device.write(request.id(), 1));
        device.show();
        assertEquals(capacity, queue.harvest(new UsedBatch(capacity)));
        new Traffic(open, capacity).run(10 * capacity);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 32769})
    void refusesASizeThatNoQueueHas(int capacity) {
        PartnerMemory memory = new PartnerMemory(1 << 20);

        assertThrows(
                IllegalArgumentException.class,
                () -> PackedQueueMemory.allocate(memory, capacity, 0));
    }

    /** Section 2.8.1: both wrap counters start with 1. */
    @Test
    void startsWithAWrapCounterOfOne() {
        open(4);
        open.publishOnes(1);

        assertEquals(AVAIL | WRITE, device.flags(0));
        assertEquals(AVAIL | USED, device.usedFlags());
    }

    @Test
    void turnsTheFlagsWithinAChainThatCrossesTheEnd() {
        open(5);
        open.turn(3);
        queue.offer(open.three(), 1);
        queue.publish();

        assertEquals(AVAIL | NEXT, device.flags(3));
        assertEquals(AVAIL | NEXT | WRITE, device.flags(4));
        assertEquals(USED | WRITE, device.flags(0));
        RingPeer.Request request = device.take();
        assertEquals(3, request.buffers().size());
        device.use(request.id(), 5);
        assertTrue(queue.poll());
        assertEquals(5, queue.usedLength());
        open.turn(20);
    }

    /** Section 2.8.6: a descriptor is available by its flags, so those of the first come last. */
    @Test
    void holdsBackTheFlagsOfTheFirstDescriptorUntilPublished() {
        open(8);
        queue.offer(open.three(), 1);
        queue.offer(open.chainOf(2), 2);

        assertEquals(0, device.flags(0));
        for (int slot = 1; slot < 5; slot++) {
            assertEquals(AVAIL, device.flags(slot) & (AVAIL | USED), "slot " + slot);
        }
        queue.publish();
        assertEquals(AVAIL | NEXT, device.flags(0));
        queue.offer(open.chainOf(2), 3);
        assertEquals(0, device.flags(5), "the second batch is held back too");
    }

    @Test
    void givesEveryRequestAnIdOfItsOwn() {
        open(4);
        open.publishOnes(4);
        List<RingPeer.Request> requests = open.takeAll();

        assertEquals(4, requests.stream().map(RingPeer.Request::id).distinct().count());
    }

    /** Section 2.8.9, so that a device need not read them. */
    @Test
    void countsIdsRoundWhenInOrder() {
        open(3, RingFeature.IN_ORDER);
        for (int i = 0; i < 10; i++) {
            open.publishOnes(1);
            RingPeer.Request request = device.take();
            assertEquals(i % 3, request.id());
            device.use(request.id(), 0);
            assertTrue(queue.poll());
        }
    }

    /** Section 2.8.9: the used descriptor of the last stands for the batch. */
    @Test
    void takesABatchThatIsOneUsedDescriptor() {
        open(7, RingFeature.IN_ORDER);
        for (int lap = 0; lap < 14; lap++) {
            open.publishOnes(2);
            queue.offer(open.three(), 2);
            queue.publish();
            device.writeBatch(open.takeAll(), 17);
            device.show();
            long[] lengths = {64, 64, 17};
            for (int i = 0; i < 3; i++) {
                assertTrue(queue.poll());
                assertEquals(i, queue.token());
                assertEquals(lengths[i], queue.usedLength());
            }
            assertFalse(queue.poll());
        }
    }

    /** The used descriptor of a chain of three is one, and two slots are skipped. */
    @Test
    void skipsAsManySlotsAsTheRequestHad() {
        open(8);
        queue.offer(open.three(), 1);
        open.publishOnes(1);
        List<RingPeer.Request> requests = open.takeAll();
        device.use(requests.get(0).id(), 1);
        device.use(requests.get(1).id(), 2);

        assertEquals(AVAIL, device.flags(1) & (AVAIL | USED), "never written by the device");
        assertTrue(queue.poll());
        assertTrue(queue.poll());
        assertEquals(2, queue.usedLength());
    }

    /** QEMU 7.2 leaves WRITE out and reports what it wrote. */
    @Test
    void believesALengthWithoutWriteIfItCanBeTrue() {
        open(4);
        assertEquals(64, lengthOfUsed(AVAIL | USED, 64));
        assertEquals(64, lengthOfUsed(AVAIL | USED | WRITE, 64));
    }

    /** Section 2.8.6: without WRITE the length is reserved. */
    @Test
    void takesALengthThatIsReservedForNothing() {
        open(4);
        assertEquals(0, lengthOfUsed(AVAIL | USED, 65));
        assertEquals(0, lengthOfUsed(AVAIL | USED, -1));
    }

    private long lengthOfUsed(int flags, int length) {
        open.publishOnes(1);
        int id = device.take().id();
        int slot = open.queue.nextEntry() - 1 & 0x7fff;
        device.write(id, length);
        device.showFlags(slot, flags);
        assertTrue(queue.poll());
        return queue.usedLength();
    }

    /** NOTIFICATION_DATA, section 4.1.5.2: the slot, and above it the wrap counter. */
    @Test
    void tellsTheDoorbellSlotAndWrapCounter() {
        open(3);
        for (int i = 0; i < 7; i++) {
            open.publishOnes(1);
            assertTrue(queue.ringIfAsked());
            device.use(device.take().id(), 1);
            assertTrue(queue.poll());
        }
        assertEquals(List.of(1 | WRAP, 2 | WRAP, 0, 1, 2, WRAP, 1 | WRAP), open.rings);
    }

    /** Section 2.8.10: the slot is meaningful only with EVENT_IDX, and harmless without. */
    @Test
    void namesTheSlotThatShallInterrupt() {
        for (RingFeature[] more : new RingFeature[][] {{}, {RingFeature.EVENT_IDX}}) {
            open(3, more);
            int enabled = more.length == 0 ? 0 : 2;
            int[] words = {WRAP, 1 | WRAP, 2 | WRAP, 0, 1, 2, WRAP};
            for (int word : words) {
                queue.enableInterrupts();
                assertEquals(word, device.driverEventPosition());
                assertEquals(enabled, device.driverEventFlags());
                queue.disableInterrupts();
                assertEquals(1, device.driverEventFlags());
                open.turn(1);
            }
        }
    }

    @Test
    void obeysDisableAlsoWithEventIndex() {
        open(4, RingFeature.EVENT_IDX);
        device.silence();
        open.publishOnes(4);
        assertFalse(queue.ringIfAsked());
    }

    /** Several slots at once: the named one is passed, not hit. */
    @Test
    void ringsWhenAChainPassesTheNamedSlot() {
        open(5, RingFeature.EVENT_IDX);
        for (int lap = 0; lap < 20; lap++) {
            device.ask(1);
            queue.offer(open.three(), 1);
            queue.publish();
            assertTrue(queue.ringIfAsked());
            device.use(device.take().id(), 1);
            assertTrue(queue.poll());
            device.ask(3);
            queue.offer(open.three(), 1);
            queue.publish();
            assertFalse(queue.ringIfAsked());
            device.use(device.take().id(), 1);
            assertTrue(queue.poll());
        }
    }
}
