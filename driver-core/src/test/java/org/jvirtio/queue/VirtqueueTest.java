package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.RingPeer;

/**
 * Virtio 1.4 sections 2.6 to 2.8: what holds for a queue of either format, with every set of the
 * features that change one.
 */
@ParameterizedClass
@MethodSource("org.jvirtio.queue.OpenQueue#everyFeatureSet")
class VirtqueueTest {

    @Parameter FeatureSet features;

    private OpenQueue open;
    private Virtqueue queue;

    private void open(int capacity) {
        open = new OpenQueue(features, capacity);
        queue = open.queue;
    }

    private boolean isTable() {
        return features.has(RingFeature.INDIRECT_DESC);
    }

    @Test
    void showsTheDeviceTheBuffersInOrder() {
        open(8);
        assertTrue(queue.offer(open.three(), 42));
        queue.publish();

        RingPeer.Request request = open.peer.take();

        assertEquals(
                List.of(
                        new RingPeer.Buffer(open.buffers.deviceAddress(0), 16, false),
                        new RingPeer.Buffer(open.buffers.deviceAddress(512), 512, true),
                        new RingPeer.Buffer(open.buffers.deviceAddress(64), 1, true)),
                request.buffers());
        assertEquals(isTable(), request.indirect());
    }

    @Test
    void showsASingleBufferWithoutAChainAndWithoutATable() {
        open(8);
        long address = open.buffers.deviceAddress(8);
        queue.offerReadable(address, 7, 1);
        queue.offerWritable(address, 9, 2);
        queue.offer(open.chainOf(1), 3);
        queue.publish();

        List<RingPeer.Request> requests = open.takeAll();

        assertEquals(List.of(new RingPeer.Buffer(address, 7, false)), requests.get(0).buffers());
        assertEquals(List.of(new RingPeer.Buffer(address, 9, true)), requests.get(1).buffers());
        assertFalse(requests.stream().anyMatch(RingPeer.Request::indirect));
    }

    @Test
    void givesTokenAndLengthBackWhenTheDeviceIsDone() {
        open(8);
        queue.offer(open.three(), Long.MIN_VALUE);
        queue.publish();
        assertFalse(queue.poll());
        open.peer.use(open.peer.take().id(), 513);

        assertTrue(queue.poll());
        assertEquals(Long.MIN_VALUE, queue.token());
        assertEquals(513, queue.usedLength());
        assertFalse(queue.poll());
        assertEquals(0, queue.inFlight());
    }

    @Test
    void hidesWhatIsOfferedUntilItIsPublished() {
        open(8);
        open.offerOne(1);
        queue.offer(open.three(), 2);
        assertFalse(open.peer.hasRequest());

        queue.publish();

        assertEquals(2, open.takeAll().size());
    }

    @Test
    void laysALongChainOutWithoutATable() {
        open(8);
        queue.offer(open.chainOf(5), 1); // the tables have 4 entries
        queue.publish();

        RingPeer.Request request = open.peer.take();

        assertFalse(request.indirect());
        assertEquals(5, request.buffers().size());
    }

    @Test
    void offersATableLaidOutBefore() {
        open(8);
        if (!isTable()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new IndirectTables(features, open.buffers, 3));
            return;
        }
        IndirectTables tables = tables(2);
        for (int lap = 0; lap < 20; lap++) {
            long data = open.buffers.deviceAddress(512 + lap);
            tables.set(1, 1, data, 100 + lap, true);
            assertTrue(queue.offerTable(tables, 1, 101 + lap, lap));
            queue.publish();

            RingPeer.Request request = open.peer.take();
            assertTrue(request.indirect());
            assertEquals(
                    List.of(
                            new RingPeer.Buffer(open.buffers.deviceAddress(16), 16, false),
                            new RingPeer.Buffer(data, 100 + lap, true),
                            new RingPeer.Buffer(open.buffers.deviceAddress(64), 1, true)),
                    request.buffers());

            open.peer.use(request.id(), 101 + lap);
            assertTrue(queue.poll());
            assertEquals(lap, queue.token());
            assertEquals(101 + lap, queue.usedLength());
        }
    }

    @Test
    void believesNoLengthBeyondTheRoomOfATable() {
        open(8);
        if (isTable()) {
            IndirectTables tables = tables(1);
            tables.set(0, 1, open.buffers.deviceAddress(512), 100, true);
            queue.offerTable(tables, 0, 101, 1);
            queue.publish();
            open.peer.use(open.peer.take().id(), 102);

            assertThrows(DeviceBrokenException.class, queue::poll);
        }
    }

    /** Header and status of each are set, the data between is not. */
    private IndirectTables tables(int count) {
        DmaRegion region = open.memory.allocate(IndirectTables.length(count, 3), 64);
        IndirectTables tables = new IndirectTables(features, region, 3);
        for (int table = 0; table < count; table++) {
            tables.set(table, 0, open.buffers.deviceAddress(16L * table), 16, false);
            tables.set(table, 2, open.buffers.deviceAddress(64), 1, true);
        }
        return tables;
    }

    @Test
    void saysFullAndTakesMoreAfterAHarvest() {
        for (int capacity = 1; capacity <= 32768; capacity *= 2) {
            open(capacity);
            for (int i = 0; i < capacity; i++) {
                assertTrue(open.offerOne(i), "capacity " + capacity + ", request " + i);
            }
            assertFalse(open.offerOne(capacity));
            assertEquals(capacity, queue.inFlight());
            queue.publish();
            open.peer.use(open.peer.take().id(), 1);
            assertTrue(queue.poll());
            assertTrue(open.offerOne(capacity));
            assertFalse(open.offerOne(capacity));
        }
    }

    @Test
    void leavesNothingBehindWhenAChainDoesNotFit() {
        open(4);
        open.offerOne(0);
        open.offerOne(1);
        assertEquals(isTable(), queue.offer(open.three(), 2));
        assertTrue(open.offerOne(3));
        queue.publish();

        assertEquals(isTable() ? 4 : 3, open.takeAll().size());
    }

    @Test
    void refusesAChainThatIsEmptyOrLongerThanTheQueue() {
        open(2);

        assertThrows(IllegalArgumentException.class, () -> queue.offer(open.chainOf(0), 0));
        assertThrows(IllegalArgumentException.class, () -> queue.offer(open.chainOf(3), 0));
        assertThrows(IllegalArgumentException.class, () -> queue.offerWritable(0x1000, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> queue.offerReadable(0x1000, -1, 0));
        assertThrows(
                IllegalArgumentException.class, () -> queue.offerReadable(0x1000, 1L << 32, 0));
    }

    /** At several capacities, and across what 16 bits count at a small and at the largest. */
    @Test
    void survivesReorderingAndTheWrapOfEveryCounter() {
        for (int capacity : new int[] {1, 2, 4, 64, 32768}) {
            open(capacity);
            new Traffic(open, capacity).run(capacity == 4 ? 70_000 : 10_000);
        }
        open(32768);
        open.turn(60_000);
        new Traffic(open, 32768).run(10_000);
    }

    @Test
    void harvestsManyAtOnceButNoMoreThanFit() {
        open(8);
        open.publishOnes(5);
        for (RingPeer.Request request : open.takeAll()) {
            open.peer.write(request.id(), 1 + request.id());
        }
        open.peer.show();
        UsedBatch batch = new UsedBatch(3);

        assertEquals(3, queue.harvest(batch));
        assertEquals(3, batch.count());
        assertEquals(List.of(0L, 1L, 2L), List.of(batch.token(0), batch.token(1), batch.token(2)));
        assertEquals(3, batch.usedLength(2));
        assertEquals(2, queue.harvest(batch));
        assertEquals(4, batch.token(1));
        assertEquals(0, queue.harvest(batch));
        assertEquals(0, batch.count());
    }

    @Test
    void ringsOncePerBatchWhenTheDeviceAsks() {
        open(8);
        open.publishOnes(2);

        assertTrue(queue.ringIfAsked());
        assertFalse(queue.ringIfAsked());
        assertEquals(1, open.rings.size());
    }

    @Test
    void doesNotRingForWhatIsNotPublished() {
        open(8);
        open.offerOne(1);

        assertFalse(queue.ringIfAsked());
    }

    @Test
    void doesNotRingWhenTheDeviceDoesNotAsk() {
        open(8);
        open.peer.silence();
        for (int i = 0; i < 5; i++) {
            open.publishOnes(1);
            assertFalse(queue.ringIfAsked());
            open.peer.take();
        }
        open.peer.ask(0);
        open.publishOnes(1);

        assertTrue(queue.ringIfAsked());
        assertEquals(1, open.rings.size());
    }

    /** Sections 2.7.10 and 2.8.10; without EVENT_IDX a device cannot ask for later. */
    @Test
    void ringsWhenTheEntryIsFilledThatTheDeviceNamed() {
        for (int capacity = 4; capacity <= 16; capacity *= 2) {
            open(capacity);
            boolean event = features.has(RingFeature.EVENT_IDX);
            for (int lap = 0; lap < 3 * capacity; lap++) {
                open.peer.ask(2);
                for (int i = 0; i < 4; i++) {
                    open.publishOnes(1);
                    assertEquals(!event || i == 2, queue.ringIfAsked(), lap + ", " + i);
                }
                open.takeAll().forEach(request -> open.peer.use(request.id(), 1));
                assertEquals(4, queue.harvest(new UsedBatch(8)));
            }
        }
    }

    @Test
    void ringsWheneverToldTo() {
        open(8);
        open.peer.silence();

        queue.ring();

        assertEquals(1, open.rings.size());
    }

    @Test
    void startsWithInterruptsOff() {
        open(8);
        assertTrue(open.peer.interruptsOff());
        open.publishOnes(1);
        open.peer.use(open.peer.take().id(), 1);

        assertFalse(open.peer.wantsInterrupt());
    }

    /** Sections 2.7.7.1, 2.7.14 and 2.8.10, over a whole round of 16 bits. */
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
            open.publishOnes(1);
            open.peer.use(open.peer.take().id(), 1);
            assertEquals(wanted, open.peer.wantsInterrupt(), "request " + i);
            assertTrue(queue.poll());
        }
    }

    @Test
    void looksAgainAfterEnablingInterrupts() {
        open(8);
        open.publishOnes(1);
        assertFalse(queue.enableInterrupts());
        open.peer.use(open.peer.take().id(), 1);

        assertTrue(queue.enableInterrupts());
        assertTrue(queue.poll());
        assertFalse(queue.enableInterrupts());
    }

    /** RING_RESET, section 2.6.1: afterwards both sides begin with the first entry again. */
    @Test
    void beginsAgainEmptyAfterAReset() {
        open(8);
        open.turn(5);
        open.peer.ask(5);
        queue.enableInterrupts();
        open.publishOnes(3);
        open.peer.use(open.peer.take().id(), 1);
        assertTrue(queue.poll());
        open.offerOne(7);

        assertArrayEquals(new long[] {1, 2, 7}, queue.restart());

        open.meetNewPeer();
        assertEquals(0, queue.inFlight());
        assertFalse(queue.poll());
        assertFalse(queue.ringIfAsked());
        assertFalse(open.peer.hasRequest());
        open.turn(1);
        assertFalse(open.peer.wantsInterrupt());
        new Traffic(open, 8).run(1000);
    }

    @Test
    void cancelsTheOldestFirst() {
        open(8);
        open.turn(3);
        open.publishOnes(8);
        assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 6, 7}, queue.restart());
    }
}
