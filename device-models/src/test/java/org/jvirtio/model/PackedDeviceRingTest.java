package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.MiniPackedQueue.Part;
import org.jvirtio.model.MiniPackedQueue.Used;

/** The packed virtqueue, device side, over bare memory (virtio 1.4 section 2.8). */
class PackedDeviceRingTest {

    private static final BitSet PLAIN = FeatureBits.of(32, 34);
    private static final BitSet EVENTS = FeatureBits.of(29, 32, 34);
    private static final BitSet INDIRECT = FeatureBits.of(28, 32, 34);

    private final EmulatedMemory memory = new EmulatedMemory("test memory", 1L << 32, (a, n) -> {});
    private MiniPackedQueue queue;
    private DeviceRing ring;

    private void open(BitSet features, int size) {
        queue = new MiniPackedQueue(memory, size);
        ring = DeviceRing.open(features, queue.areas(), size, this::locate);
    }

    private long locate(long address, long length) {
        var found = memory.find(address, length);
        return found == null ? 0 : found.address();
    }

    /** A buffer that need not exist: this layer looks at no buffer. */
    private static Part part(long address, boolean writable) {
        return new Part(address, 1 + (int) (address & 0xff), writable);
    }

    /** Takes one list of writable buffers at consecutive addresses. */
    private void takes(int id, long address, int count) {
        assertTrue(ring.take());
        assertEquals(id, ring.id());
        for (int i = 0; i < count; i++) {
            assertTrue(ring.nextBuffer());
            assertEquals(address + i, ring.address());
            assertEquals(1 + (int) (address + i & 0xff), ring.length());
            assertTrue(ring.isWritable());
        }
        assertFalse(ring.nextBuffer());
    }

    private static Part[] list(long address, int count) {
        Part[] parts = new Part[count];
        for (int i = 0; i < count; i++) {
            parts[i] = part(address + i, true);
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 4095, 32767, 32768})
    void goesRoundARingOfEverySize(int size) {
        open(PLAIN, size);
        assertFalse(ring.take());

        for (int i = 0; i < 4 * size + 3; i++) {
            queue.offer(i % size, part(i, true));
            takes(i % size, i, 1);
            assertFalse(ring.take());
            ring.use(i % size, 7);
            assertNull(queue.poll(), "not before it is published");
            ring.publish();
            assertEquals(new Used(i % size, 7, true), queue.poll());
            assertNull(queue.poll());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9})
    void listsOfEveryLengthCrossTheEndAtEveryPlace(int size) {
        for (int length = 2; length <= size; length++) {
            open(PLAIN, size);
            for (int i = 0; i < 3 * size; i++) {
                queue.offer(3, list(100L * i, length));
                takes(3, 100L * i, length);
                ring.use(3, i);
                ring.publish();
                assertEquals(new Used(3, i, i > 0), queue.poll());
                assertNull(queue.poll());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void randomListsComeBackInRandomOrderAndPortions(int size) {
        Random random = new Random(size);
        open(PLAIN, size);
        List<int[]> inFlight = new ArrayList<>(); // id, descriptors
        int free = size;
        int unshown = 0;
        int seen = 0;
        for (int step = 0; step < 3000; step++) {
            if (free > 0 && random.nextBoolean()) {
                int count = 1 + random.nextInt(free);
                int id = (step * 31) & 0xffff; // Ids beyond the size are legal, too.
                queue.offer(id, list(step, count));
                takes(id, step, count);
                inFlight.add(new int[] {id, count});
                free -= count;
            } else if (!inFlight.isEmpty()) {
                int[] one = inFlight.remove(random.nextInt(inFlight.size()));
                ring.use(one[0], one[1]);
                unshown++;
                if (random.nextBoolean() || inFlight.isEmpty()) {
                    ring.publish();
                    for (; unshown > 0; unshown--) {
                        Used used = queue.poll();
                        assertNotNull(used);
                        free += used.length(); // The length says how many slots there were.
                        seen++;
                    }
                }
                assertNull(queue.poll());
            }
        }
        assertTrue(seen > 300, "only " + seen);
    }

    @Test
    void readableBuffersComeFirst() {
        open(PLAIN, 4);
        queue.offer(0, part(1, false), part(2, false), part(3, true));
        assertTrue(ring.take());
        assertTrue(ring.nextBuffer() && !ring.isWritable());
        assertTrue(ring.nextBuffer() && !ring.isWritable());
        assertTrue(ring.nextBuffer() && ring.isWritable());

        open(PLAIN, 4);
        queue.offer(0, part(1, true), part(2, false));
        assertTrue(ring.take());
        assertTrue(ring.nextBuffer());
        refuses("readable descriptor after a writable one", ring::nextBuffer);
    }

    @Test
    void aUsedDescriptorSaysWhetherItsLengthCounts() {
        open(PLAIN, 2);
        queue.offer(0, part(1, false));
        takesAny();
        ring.use(0, 0);
        ring.publish();

        assertEquals(new Used(0, 0, false), queue.poll());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8})
    void followsATableAtAnyAddress(int offset) {
        open(INDIRECT, 2);
        DmaRegion table = queue.region(256);
        byte[] bytes = new byte[48];
        DmaRegion aligned = queue.region(48);
        for (int i = 0; i < 3; i++) {
            MiniPackedQueue.describeIn(aligned.memory(), 16L * i, part(40 + i, true));
        }
        aligned.memory().copyTo(0, bytes, 0, 48);
        table.memory().copyFrom(offset, bytes, 0, 48);

        queue.offerTable(1, table.deviceAddress(offset), 48);
        takes(1, 40, 3);
        queue.offer(0, part(50, true));
        takes(0, 50, 1);
        ring.use(0, 1);
        ring.use(1, 2);
        ring.publish();

        assertEquals(0, queue.poll().id());
        assertEquals(1, queue.poll().id());
    }

    @Test
    void refusesWhatSection287Forbids() {
        open(PLAIN, 2);
        queue.offerTable(0, 0x1000, 16);
        refuses("without INDIRECT_DESC negotiated", ring::take);

        open(INDIRECT, 2);
        DmaRegion table = queue.region(32);
        queue.offerTable(0, table.deviceAddress(), 17);
        refuses("table of 17 bytes", ring::take);

        open(INDIRECT, 2);
        queue.offerTable(0, 1, 16);
        refuses("not inside one DMA region", ring::take);

        open(INDIRECT, 2);
        MiniPackedQueue.describeIn(table.memory(), 0, part(1, true));
        table.memory().write16(14, MiniPackedQueue.INDIRECT);
        queue.offerTable(0, table.deviceAddress(), 16);
        assertTrue(ring.take());
        refuses("inside an indirect table", ring::nextBuffer);

        open(INDIRECT, 2);
        queue.offerTable(0, table.deviceAddress(), 32);
        queue.ring
                .memory()
                .write16(
                        14,
                        MiniPackedQueue.AVAIL | MiniPackedQueue.INDIRECT | MiniPackedQueue.NEXT);
        refuses("with NEXT", ring::take);
    }

    @Test
    void refusesAListWithoutEnd() {
        open(PLAIN, 3);
        queue.offer(0, list(1, 3));
        queue.ring.memory().write16(16 * 2 + 14, MiniPackedQueue.AVAIL | MiniPackedQueue.NEXT);

        refuses("chain of more than 3 descriptors", ring::take);
    }

    @Test
    void refusesAListThatIsNotAvailableThroughout() {
        open(PLAIN, 4);
        queue.offer(0, list(1, 3));
        queue.ring.memory().write16(16 + 14, MiniPackedQueue.USED | MiniPackedQueue.NEXT);

        refuses("descriptor 1, flags 0x8001, is within a list", ring::take);
    }

    @Test
    void refusesAnIdThatIsInFlight() {
        open(PLAIN, 4);
        queue.offer(2, part(1, true));
        queue.offer(2, part(2, true));
        takesAny();

        refuses("buffer id 2", ring::take);
    }

    @Test
    void refusesMoreDescriptorsThanTheRingHas() {
        open(PLAIN, 2);
        queue.offer(0, list(1, 2));
        takesAny();
        queue.offer(1, part(9, true));

        refuses("3 descriptors are, of 2", ring::take);
    }

    @Test
    void refusesAnEmptyDescriptor() {
        open(PLAIN, 2);
        queue.offer(0, new Part(1, 0, true));
        assertTrue(ring.take());

        refuses("descriptor of zero bytes", ring::nextBuffer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void inOrderOneEntryStandsForABatch(int size) {
        open(PLAIN, size);
        for (int round = 0; round < 5 * size; round++) {
            int count = 1 + round % size;
            for (int i = 0; i < count; i++) {
                queue.offer(i, part(i, true));
                takes(i, i, 1);
            }
            for (int i = 0; i < count - 1; i++) {
                ring.skip(i);
            }
            ring.use(count - 1, 5);
            ring.publish();

            // The entry lies where the batch began, with the id of its last buffer.
            assertEquals(new Used(count - 1, 5, true), queue.poll());
            for (int i = 0; i < count - 1; i++) {
                queue.skip(i);
            }
            assertNull(queue.poll());
        }
    }

    @Test
    void nothingOfABatchIsSeenBeforeItsFirstEntry() {
        open(PLAIN, 4);
        for (int i = 0; i < 3; i++) {
            queue.offer(i, part(i, true));
            takesAny();
        }
        ring.use(0, 1);
        ring.use(1, 1);
        ring.use(2, 1);
        assertEquals(MiniPackedQueue.AVAIL | MiniPackedQueue.WRITE, queue.ring.memory().read16(14));
        assertEquals(
                MiniPackedQueue.AVAIL | MiniPackedQueue.USED | MiniPackedQueue.WRITE,
                queue.ring.memory().read16(30),
                "the second is ready");
        ring.publish();

        assertEquals(0, queue.poll().id());
        assertEquals(1, queue.poll().id());
        assertEquals(2, queue.poll().id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void interruptsIfAndOnlyIfItWritesTheDescriptorThatTheDriverNamed(int size) {
        for (int start = 0; start < 2 * size; start++) {
            for (int count = 1; count <= size; count++) {
                for (int event = 0; event < 2 * size; event++) {
                    boolean named = false;
                    open(EVENTS, size);
                    uses(start);
                    ring.wantsInterrupt();
                    // Positions below the size are those of the first round, whose wrap bit is 1.
                    queue.driverEvent(event % size | (event < size ? 0x8000 : 0), 2);
                    for (int i = 0; i < count; i++) {
                        named |= (start + i) % (2 * size) == event;
                    }
                    uses(count);
                    assertEquals(
                            named,
                            ring.wantsInterrupt(),
                            size + ": " + start + " + " + count + ", event " + event);
                    assertFalse(ring.wantsInterrupt(), "asked twice");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true, true", "1, false, false", "2, false, true", "3, true, true"})
    void obeysTheFlagsOfTheDriver(int flags, boolean withEvents, boolean without) {
        open(EVENTS, 4);
        queue.driverEvent(0x8003, flags);
        uses(1);
        assertEquals(withEvents, ring.wantsInterrupt());

        open(PLAIN, 4);
        queue.driverEvent(0x8003, flags);
        uses(1);
        assertEquals(without, ring.wantsInterrupt());
    }

    @Test
    void asksForADoorbellAtTheNextDescriptorAndLooksAgain() {
        open(EVENTS, 3);
        for (int i = 0; i < 7; i++) {
            int next = queue.next();
            assertFalse(ring.askForDoorbell());
            assertEquals(next, queue.deviceOffWrap());
            assertEquals(2, queue.deviceFlags());
            queue.offer(0, part(i, true));
            assertTrue(ring.askForDoorbell(), "one came meanwhile");
            uses0();
        }
        ring.suppressDoorbell();
        assertEquals(1, queue.deviceFlags());
    }

    @Test
    void withoutEventIndexDoorbellsAreOnOrOff() {
        open(PLAIN, 3);
        ring.suppressDoorbell();
        assertEquals(1, queue.deviceFlags());
        assertFalse(ring.askForDoorbell());
        assertEquals(0, queue.deviceFlags());
    }

    @Test
    void seesWhereTheDriverIs() {
        open(PLAIN, 3);
        for (int i = 0; i < 9; i++) {
            assertEquals(queue.next(), ring.shownNext());
            queue.offer(0, list(1, 1 + i % 3));
            assertEquals(queue.next(), ring.shownNext());
            uses0();
        }
    }

    @Test
    void refusesAreasThatAreTooSmall() {
        queue = new MiniPackedQueue(memory, 4);

        assertThrows(
                IllegalArgumentException.class,
                () -> new PackedDeviceRing(PLAIN, queue.areas(), 5, AddressMap.IDENTITY));
    }

    private void takesAny() {
        assertTrue(ring.take());
        while (ring.nextBuffer()) {
            assertTrue(ring.length() > 0);
        }
    }

    /** Takes one and gives it back. */
    private void uses0() {
        takesAny();
        ring.use(0, 1);
        ring.publish();
        assertEquals(0, queue.poll().id());
    }

    private void uses(int count) {
        for (int i = 0; i < count; i++) {
            queue.offer(0, part(i, true));
            takesAny();
            ring.use(0, 1);
            ring.publish();
        }
    }

    private static void refuses(String complaint, Runnable action) {
        String message = assertThrows(ProtocolFault.class, action::run).getMessage();
        assertTrue(message.contains(complaint), message);
    }
}
