package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.memory.NativeMemory;

/** The split virtqueue, device side, over bare memory (virtio 1.4 section 2.7). */
class SplitDeviceRingTest {

    private static final BitSet PLAIN = FeatureBits.of(32);
    private static final BitSet EVENTS = FeatureBits.of(29, 32);

    private final EmulatedMemory memory = new EmulatedMemory("test memory", 1L << 32, (a, n) -> {});
    private MiniQueue queue;
    private DeviceRing ring;

    private void open(BitSet features, int size) {
        queue = new MiniQueue(memory, size);
        NativeMemory block = queue.rings.memory();
        long usedAt = queue.used() - queue.descriptors();
        RingAreas areas =
                new RingAreas(
                        block.slice(0, 16L * size),
                        block.slice(16L * size, RingAreas.driverBytes(false, size)),
                        block.slice(usedAt, RingAreas.deviceBytes(false, size)));
        ring = DeviceRing.open(features, areas, size, AddressMap.IDENTITY);
    }

    /** One writable buffer of {@code length} bytes behind descriptor {@code head}. */
    private void offer(int head, int length) {
        MiniQueue.describe(queue.rings.memory(), head, 0x1000L * head, length, MiniQueue.WRITE, 0);
        queue.offer(head);
    }

    private void takes(int head, int length) {
        assertTrue(ring.take());
        assertEquals(head, ring.id());
        assertTrue(ring.nextBuffer());
        assertEquals(0x1000L * head, ring.address());
        assertEquals(length, ring.length());
        assertFalse(ring.nextBuffer());
    }

    private void uses(int count) {
        for (int i = 0; i < count; i++) {
            offer(0, 1);
            takes(0, 1);
            ring.use(0, 1);
            ring.publish();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 32768})
    void givesBackAWholeRingInAnyOrderAtOnce(int size) {
        open(PLAIN, size);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < size; i++) {
                offer(i, i + 1);
            }
            for (int i = 0; i < size; i++) {
                takes(i, i + 1);
            }
            assertFalse(ring.take());
            for (int i = size - 1; i >= 0; i--) {
                ring.use(i, i);
            }
            assertEquals(round * size & 0xffff, queue.usedIndex(), "not published yet");
            ring.publish();
            assertEquals((round + 1) * size & 0xffff, queue.usedIndex());
            assertEquals(size - 1, queue.usedHead(0));
            assertEquals(0, queue.usedLength(size - 1));
        }
    }

    @Test
    void readsTheAvailableIndexOncePerBatch() {
        open(PLAIN, 8);
        offer(0, 1);
        offer(1, 1);
        takes(0, 1);
        offer(2, 1);
        takes(1, 1);
        // The third came after the index was read; it is found by the next look.
        takes(2, 1);
        assertFalse(ring.take());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void inOrderOneEntryStandsForABatch(int size) {
        open(PLAIN, size);
        int before = 0;
        for (int round = 0; round < 5 * size; round++) {
            int count = 1 + round % size;
            for (int i = 0; i < count; i++) {
                offer(i, 4);
                takes(i, 4);
            }
            for (int i = 0; i < count - 1; i++) {
                ring.skip(i);
            }
            ring.use(count - 1, 3);
            ring.publish();

            // "...at the slot of the first, and the index moves on by the size of the batch".
            assertEquals(count - 1, queue.usedHead(before));
            assertEquals(3, queue.usedLength(before));
            before += count;
            assertEquals(before & 0xffff, queue.usedIndex());
        }
    }

    @Test
    void interruptsIfAndOnlyIfItPassesTheUsedEvent() {
        for (int start : new int[] {0, 3, 0x7fff, 0xfffe}) {
            open(EVENTS, 4);
            uses(start);
            ring.wantsInterrupt();
            for (int count = 1; count <= 4; count++) {
                int now = queue.usedIndex();
                for (int event = -5; event <= 5; event++) {
                    int base = queue.usedIndex();
                    queue.usedEvent((base + event) & 0xffff);
                    uses(count);
                    assertEquals(event >= 0 && event < count, ring.wantsInterrupt(), now + "");
                    assertFalse(ring.wantsInterrupt(), "asked twice");
                }
            }
        }
    }

    @Test
    void asksForADoorbellAtTheNextChainAndLooksAgain() {
        open(EVENTS, 4);
        for (int i = 0; i < 70000; i++) {
            assertFalse(ring.askForDoorbell());
            assertEquals(i & 0xffff, queue.availableEvent());
            ring.suppressDoorbell();
            assertEquals((i - 1) & 0xffff, queue.availableEvent(), "as far away as can be");
            offer(0, 1);
            assertTrue(ring.askForDoorbell());
            takes(0, 1);
        }
    }

    @Test
    void withoutEventIndexDoorbellsAreOnOrOff() {
        open(PLAIN, 4);
        long flags = queue.used() - queue.descriptors();

        ring.suppressDoorbell();
        assertEquals(1, queue.rings.memory().read16(flags));
        assertFalse(ring.askForDoorbell());
        assertEquals(0, queue.rings.memory().read16(flags));
    }

    @Test
    void allocatesNothingPerChain() {
        open(EVENTS, 256);
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        turn(1000);
        long before = thread.getThreadAllocatedBytes(id);
        turn(100_000);
        long allocated = thread.getThreadAllocatedBytes(id) - before;

        assertTrue(allocated < 10_000, allocated + " bytes for 100000 chains");
    }

    private void turn(int chains) {
        MiniQueue.describe(queue.rings.memory(), 0, 0x1000, 1, MiniQueue.WRITE, 0);
        for (int i = 0; i < chains; i++) {
            queue.offer(0);
            while (ring.take()) {
                while (ring.nextBuffer()) {
                    ring.suppressDoorbell();
                }
                ring.use(ring.id(), 1);
            }
            ring.publish();
            ring.wantsInterrupt();
            ring.askForDoorbell();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 65536})
    void refusesASizeThatNoSplitRingHas(int size) {
        queue = new MiniQueue(memory, 8);
        NativeMemory block = queue.rings.memory();
        RingAreas areas = new RingAreas(block, block, block);

        assertThrows(
                IllegalArgumentException.class,
                () -> new SplitDeviceRing(PLAIN, areas, size, AddressMap.IDENTITY));
    }
}
