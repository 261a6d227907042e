package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerMemory;
import org.jvirtio.partner.RingPeer;

/** Virtio 1.4 section 2.7, for every set of the features that change a split queue. */
@ParameterizedClass
@MethodSource("featureSets")
class SplitQueueTest {

    @Parameter FeatureSet features;

    private PartnerMemory memory;
    private Virtqueue queue;
    private RingPeer device;
    private DmaRegion buffers;
    private int rings;
    private final Chain chain = new Chain(4);

    static Stream<FeatureSet> featureSets() {
        return Stream.of(
                FeatureSet.NONE,
                FeatureSet.of(RingFeature.INDIRECT_DESC),
                FeatureSet.of(RingFeature.EVENT_IDX),
                FeatureSet.of(RingFeature.INDIRECT_DESC, RingFeature.EVENT_IDX));
    }

    private void open(int capacity) {
        memory = new PartnerMemory(8 << 20);
        buffers = memory.allocate(4096, 4096);
        int entries = features.has(RingFeature.INDIRECT_DESC) ? 4 : 0;
        SplitQueueMemory shape = SplitQueueMemory.allocate(memory, capacity, entries);
        queue =
                shape.open(
                        new QueueSetup("queue 0", features, UsedLengths.STRICT, next -> rings++));
        device = new RingPeer(memory, shape.addresses(), capacity, features);
    }

    private Chain three() {
        return chain.clear()
                .readable(buffers.deviceAddress(0), 16)
                .writable(buffers.deviceAddress(512), 512)
                .writable(buffers.deviceAddress(64), 1);
    }

    private Chain one() {
        return chain.clear().writable(buffers.deviceAddress(128), 64);
    }

    @Test
    void showsTheDeviceTheBuffersInOrder() {
        open(8);
        assertTrue(queue.offer(three(), 42));
        queue.publish();

        RingPeer.Request request = device.take();

        assertEquals(
                List.of(
                        new RingPeer.Buffer(buffers.deviceAddress(0), 16, false),
                        new RingPeer.Buffer(buffers.deviceAddress(512), 512, true),
                        new RingPeer.Buffer(buffers.deviceAddress(64), 1, true)),
                request.buffers());
        assertEquals(features.has(RingFeature.INDIRECT_DESC), request.indirect());
    }

    @Test
    void givesTokenAndLengthBackWhenTheDeviceIsDone() {
        open(8);
        queue.offer(three(), Long.MIN_VALUE);
        queue.publish();
        assertFalse(queue.poll());
        device.use(device.take().head(), 513);

        assertTrue(queue.poll());
        assertEquals(Long.MIN_VALUE, queue.token());
        assertEquals(513, queue.usedLength());
        assertFalse(queue.poll());
        assertEquals(0, queue.inFlight());
    }

    @Test
    void hidesWhatIsOfferedUntilItIsPublished() {
        open(8);
        queue.offer(one(), 1);
        queue.offer(one(), 2);
        assertFalse(device.hasRequest());

        queue.publish();

        assertEquals(2, device.availableIndex());
    }

    @Test
    void laysASingleBufferOutWithoutATable() {
        open(8);
        queue.offer(one(), 1);
        queue.publish();

        assertFalse(device.take().indirect());
    }

    @Test
    void saysFullAndTakesMoreAfterAHarvest() {
        for (int capacity = 2; capacity <= 32768; capacity *= 2) {
            open(capacity);
            for (int i = 0; i < capacity; i++) {
                assertTrue(queue.offer(one(), i), "capacity " + capacity + ", chain " + i);
            }
            assertFalse(queue.offer(one(), capacity));
            assertEquals(capacity, queue.inFlight());
            queue.publish();
            device.use(device.take().head(), 1);
            assertTrue(queue.poll());
            assertTrue(queue.offer(one(), capacity));
            assertFalse(queue.offer(one(), capacity));
        }
    }

    @Test
    void leavesNothingBehindWhenAChainDoesNotFit() {
        open(4);
        for (int i = 0; i < 2; i++) {
            queue.offer(one(), i);
        }
        boolean direct = !features.has(RingFeature.INDIRECT_DESC);
        assertEquals(!direct, queue.offer(three(), 2));
        assertTrue(queue.offer(one(), 3));
        queue.publish();
        assertEquals(direct ? 3 : 4, device.availableIndex());
    }

    @Test
    void refusesAChainThatIsEmptyOrLongerThanTheQueue() {
        open(2);

        assertThrows(IllegalArgumentException.class, () -> queue.offer(chain.clear(), 0));
        assertThrows(IllegalArgumentException.class, () -> queue.offer(three(), 0));
    }

    /** Random batches, used out of order, at every capacity, until both indices have wrapped. */
    @Test
    void survivesReorderingAndTheWrapOfTheIndices() {
        for (int capacity = 4; capacity <= 32768; capacity *= 2) {
            open(capacity);
            new Traffic(capacity).run(70_000);
        }
    }

    /** Offers random batches with a counter as token, and expects each token exactly once. */
    private final class Traffic {
        private final Random random = new Random(1);
        private final List<RingPeer.Request> atDevice = new ArrayList<>();
        private final boolean[] back = new boolean[200_000];
        private final int batch;
        private int sent;
        private int received;

        Traffic(int capacity) {
            batch = Math.min(capacity, 2000);
        }

        void run(int total) {
            while (received < total) {
                for (int i = random.nextInt(batch); i > 0; i--) {
                    sent += queue.offer(random.nextBoolean() ? one() : three(), sent) ? 1 : 0;
                }
                queue.publish();
                while (device.hasRequest()) {
                    atDevice.add(device.take());
                }
                Collections.shuffle(atDevice, random);
                use(random.nextInt(atDevice.size() + 1));
                harvest();
            }
            use(atDevice.size());
            harvest();
            assertEquals(sent, received);
            assertEquals(0, queue.inFlight());
        }

        private void use(int count) {
            for (RingPeer.Request request : atDevice.subList(0, count)) {
                device.write(request.head(), request.writableBytes());
            }
            device.show();
            atDevice.subList(0, count).clear();
        }

        private void harvest() {
            while (queue.poll()) {
                int index = (int) queue.token();
                assertFalse(back[index]);
                assertTrue(queue.usedLength() == 64 || queue.usedLength() == 513);
                back[index] = true;
                received++;
            }
        }
    }

    @Test
    void ringsOncePerBatchWhenTheDeviceAsks() {
        open(8);
        queue.offer(one(), 1);
        queue.offer(one(), 2);
        queue.publish();

        assertTrue(queue.ringIfAsked());
        assertFalse(queue.ringIfAsked());
        assertEquals(1, rings);
    }

    @Test
    void doesNotRingForWhatIsNotPublished() {
        open(8);
        queue.offer(one(), 1);

        assertFalse(queue.ringIfAsked());
    }

    @Test
    void doesNotRingWhenTheDeviceDoesNotAsk() {
        open(8);
        if (features.has(RingFeature.EVENT_IDX)) {
            device.setAvailableEvent(5);
        } else {
            device.suppressNotifications(true);
        }
        for (int i = 0; i < 5; i++) {
            queue.offer(one(), i);
            queue.publish();
            assertFalse(queue.ringIfAsked());
        }
        device.suppressNotifications(false);
        queue.offer(one(), 5);
        queue.publish();
        assertTrue(queue.ringIfAsked());
        assertEquals(1, rings);
    }

    @Test
    void obeysOnlyTheWayOfAskingThatWasNegotiated() {
        open(8);
        if (features.has(RingFeature.EVENT_IDX)) {
            device.suppressNotifications(true); // 2.7.10.1: the flag "MUST" be ignored
        } else {
            device.setAvailableEvent(77);
        }
        queue.offer(one(), 1);
        queue.publish();

        assertTrue(queue.ringIfAsked());
    }

    @Test
    void ringsAfterALongTimeWithoutAsking() {
        open(2);
        device.setAvailableEvent(0);
        useOneByOne(65536 + 10); // 16 bits see only the last 10 entries of these
        device.setAvailableEvent(100);

        assertTrue(queue.ringIfAsked());
    }

    private void useOneByOne(int count) {
        for (int i = 0; i < count; i++) {
            queue.offer(one(), i);
            queue.publish();
            device.use(device.take().head(), 1);
            assertTrue(queue.poll());
        }
    }

    @Test
    void startsWithInterruptsOff() {
        open(8);
        queue.offer(one(), 1);
        queue.publish();
        device.use(device.take().head(), 1);

        assertFalse(device.wantsInterrupt());
    }

    /** Sections 2.7.7.1 and 2.7.14, over a whole round of the 16-bit index. */
    @Test
    void wantsAnInterruptExactlyWhenEnabled() {
        open(4);
        for (int i = 0; i < 66_000; i++) {
            boolean wanted = i % 3 == 0;
            if (wanted) {
                assertFalse(queue.enableInterrupts());
            } else {
                queue.disableInterrupts();
            }
            queue.offer(one(), i);
            queue.publish();
            device.use(device.take().head(), 1);
            assertEquals(wanted, device.wantsInterrupt(), "request " + i);
            assertTrue(queue.poll());
        }
    }

    @Test
    void leavesTheAvailableFlagsZeroWithEventIndex() {
        open(8);
        queue.disableInterrupts();
        assertEquals(features.has(RingFeature.EVENT_IDX) ? 0 : 1, device.availableFlags());

        queue.enableInterrupts();
        assertEquals(0, device.availableFlags());
    }

    @Test
    void looksAgainAfterEnablingInterrupts() {
        open(8);
        queue.offer(one(), 1);
        queue.publish();
        assertFalse(queue.enableInterrupts());
        device.use(device.take().head(), 1);

        assertTrue(queue.enableInterrupts());
        assertTrue(queue.poll());
    }

    @Test
    void allocatesNothingPerRequest() {
        open(8);
        useOneByOne(100); // loads the classes
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < 1000; i++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            queue.offer(three(), i);
            queue.publish();
            queue.ringIfAsked();
            allocated += thread.getCurrentThreadAllocatedBytes() - before;
            device.use(device.take().head(), 1);
            before = thread.getCurrentThreadAllocatedBytes();
            queue.enableInterrupts();
            assertTrue(queue.poll());
            queue.disableInterrupts();
            allocated += thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }

    @Test
    void harvestsABatchOnOneReadingOfTheIndex() {
        open(8);
        Deque<RingPeer.Request> requests = new ArrayDeque<>();
        for (int i = 0; i < 4; i++) {
            queue.offer(one(), i);
        }
        queue.publish();
        while (device.hasRequest()) {
            requests.add(device.take());
        }
        device.use(requests.remove().head(), 1);
        device.use(requests.remove().head(), 1);
        assertTrue(queue.poll());
        device.showIndex(4711); // not looked at while the batch of two lasts
        assertTrue(queue.poll());
    }
}
