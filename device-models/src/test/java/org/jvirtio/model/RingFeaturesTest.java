package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.MiniPackedQueue.Part;
import org.jvirtio.model.MiniPackedQueue.Used;

/**
 * What a function offers for its rings beside the two old features: RING_PACKED, IN_ORDER,
 * NOTIFICATION_DATA, NOTIF_CONFIG_DATA, RING_RESET (virtio 1.4 sections 2.6.1, 2.9, 4.1.4.3, 6).
 */
class RingFeaturesTest {

    private static final long ALL =
            MiniDriver.RING_PACKED
                    | MiniDriver.IN_ORDER
                    | MiniDriver.NOTIFICATION_DATA
                    | MiniDriver.NOTIF_CONFIG_DATA
                    | MiniDriver.RING_RESET;

    private static MiniDriver driver(String text) {
        return MiniDriver.virtio1(EmulatedDevices.parse("entropy," + text));
    }

    private static String complaints(MiniDriver driver) {
        return driver.function.complaints().toString();
    }

    private static void fill(MiniDriver driver, MiniPackedQueue queue, int id, DmaRegion buffer) {
        queue.offer(id, Part.writable(buffer));
        driver.ring();
    }

    @Test
    void nothingNewIsOfferedUnlessSomebodyAsks() {
        assertEquals(0, driver("queue=8").offered() & ALL);
        assertEquals(ALL, driver("offer=all").offered() & ALL);
        assertEquals(MiniDriver.RING_PACKED, driver("ring=packed").offered() & ALL);
        assertEquals(
                MiniDriver.IN_ORDER | MiniDriver.RING_RESET,
                driver("offer=in-order+ring-reset").offered() & ALL);
        assertEquals(
                0,
                MiniDriver.legacy(EmulatedDevices.parse("entropy,offer=all,layout=legacy"))
                                .offered()
                        & ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 32768})
    void servesAPackedRingOfEverySize(int size) {
        MiniDriver driver = driver("ring=packed,queue=" + size);
        MiniPackedQueue queue = driver.startPacked(0, size);
        DmaRegion buffer = queue.region(4);

        for (int i = 0; i < Math.min(3 * size, 1000) + 3; i++) {
            fill(driver, queue, i % size, buffer);
            assertEquals(new Used(i % size, 4, true), queue.poll());
        }
        assertEquals("no complaints", complaints(driver));
    }

    @Test
    void aListOfAPackedRingIsServedWherever() {
        MiniDriver driver = driver("ring=packed,queue=5");
        MiniPackedQueue queue = driver.startPacked(0, 5);
        DmaRegion first = queue.region(3);
        DmaRegion second = queue.region(2);

        for (int i = 0; i < 20; i++) {
            queue.offer(i, Part.writable(first), Part.writable(second));
            driver.ring();
            assertEquals(new Used(i, 5, true), queue.poll());
            assertEquals(EntropyModel.byteAt(1, 5 * i + 4) & 0xff, second.memory().read8(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "6, 6", "1, 1", "7, 6", "0, 6"})
    void aPackedQueueTakesAnySizeUpToItsOwn(int wanted, int settled) {
        MiniDriver driver = driver("ring=packed,queue=6");
        driver.negotiate(MiniDriver.VERSION_1 | MiniDriver.RING_PACKED);
        driver.registers().write16(0x18, wanted);

        assertEquals(settled, driver.registers().read16(0x18));
        assertEquals(wanted == settled, driver.function.complaints().isEmpty());
    }

    @Test
    void withoutRingPackedTheSizeShownIsAPowerOfTwo() {
        MiniDriver driver = driver("ring=packed,queue=100");
        assertEquals(64, driver.registers().read16(0x18));

        driver.negotiate(MiniDriver.VERSION_1);
        assertEquals(64, driver.registers().read16(0x18));
        driver.negotiate(MiniDriver.VERSION_1 | MiniDriver.RING_PACKED);
        assertEquals(100, driver.registers().read16(0x18));
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        assertThrows(IllegalArgumentException.class, () -> driver("queue=100"));
        assertThrows(IllegalArgumentException.class, () -> driver("fault=wrap-bit-wrong"));
        assertThrows(IllegalArgumentException.class, () -> driver("offer=version-1"));
    }

    @Test
    void aPackedQueueMustLieInMemory() {
        MiniDriver driver = driver("ring=packed,queue=8");
        driver.negotiate(MiniDriver.VERSION_1 | MiniDriver.RING_PACKED);
        driver.registers().write16(0x1c, 1);

        assertEquals(0, driver.registers().read16(0x1c));
        assertTrue(complaints(driver).contains("descriptor table at device address 0x0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "register-set"})
    void aDoorbellTellsWhatIsNextInAPackedRing(String layout) {
        EmulatedFunction function =
                EmulatedDevices.parse("entropy,offer=all,queue=3,layout=" + layout);
        MiniDriver driver =
                layout.equals("virtio1")
                        ? MiniDriver.virtio1(function)
                        : MiniDriver.registerSet(function, 1);
        MiniPackedQueue queue = driver.startPacked(MiniDriver.NOTIFICATION_DATA, 3);
        DmaRegion buffer = queue.region(4);

        for (int i = 0; i < 10; i++) {
            queue.offer(0, Part.writable(buffer));
            driver.ring32(queue.next() << 16);
            assertEquals(0, queue.poll().id());
        }
        assertEquals("no complaints", complaints(driver));

        driver.ring32((queue.next() ^ 0x8000) << 16);
        assertTrue(complaints(driver).contains("is next, and the ring shows"), complaints(driver));
    }

    @Test
    void aDoorbellTellsTheAvailableIndexOfASplitRing() {
        MiniDriver driver = driver("offer=notification-data,queue=2");
        MiniQueue queue = driver.start(MiniDriver.VERSION_1 | MiniDriver.NOTIFICATION_DATA);
        DmaRegion buffer = queue.writable(1);

        for (int i = 1; i < 70000; i++) {
            queue.offer(queue.chain(List.of(), List.of(buffer)));
            driver.ring32(i << 16);
        }
        assertEquals("no complaints", complaints(driver));
        assertEquals(69999 & 0xffff, queue.usedIndex());

        driver.ring32(5 << 16);
        assertTrue(complaints(driver).contains("says that 0x0005 is next"));
    }

    @Test
    void aDoorbellOfTheOtherWidthIsNone() {
        MiniDriver wide = driver("offer=notification-data");
        MiniQueue queue = wide.start(MiniDriver.VERSION_1 | MiniDriver.NOTIFICATION_DATA);
        wide.request(queue, 4);
        assertEquals(0, queue.usedIndex());
        assertTrue(complaints(wide).contains("2 bytes, at offset 0x0"));

        MiniDriver narrow = driver("offer=notification-data");
        queue = narrow.start(MiniDriver.VERSION_1);
        queue.offer(queue.chain(List.of(), List.of(queue.writable(4))));
        narrow.ring32(1 << 16);
        assertEquals(0, queue.usedIndex());
        assertTrue(complaints(narrow).contains("4 bytes, at offset 0x0"));
    }

    @Test
    void withNotifConfigDataADoorbellSaysWhatTheDeviceGave() {
        MiniDriver driver = driver("offer=notif-config-data");
        assertEquals(0, driver.registers().read16(0x38), "not accepted yet");
        MiniQueue queue = driver.start(MiniDriver.VERSION_1 | MiniDriver.NOTIF_CONFIG_DATA);
        int data = driver.registers().read16(0x38);

        driver.request(queue, 4);
        assertEquals(0, queue.usedIndex(), "the index is no good");
        assertTrue(complaints(driver).contains("queue_notif_config_data"));
        driver.registers().write16(0x3000, data);

        assertEquals(1, queue.usedIndex());
    }

    @Test
    void aQueueThatWasResetTouchesNothingAndWorksAgainElsewhere() {
        MiniDriver driver = driver("offer=all,queue=8,batch=4");
        MiniPackedQueue queue = driver.startPacked(MiniDriver.RING_RESET, 7);
        fill(driver, queue, 1, queue.region(4));

        driver.registers().write16(0x3a, 1);
        assertEquals(0, driver.registers().read16(0x3a));
        assertEquals(0, driver.registers().read16(0x1c));
        assertEquals(8, driver.registers().read16(0x18));
        assertEquals(0, driver.registers().read32(0x20));
        assertEquals(0xffff, driver.registers().read16(0x1a));
        driver.function.run();
        assertNull(queue.poll(), "what was kept is forgotten");
        queue.ring.close();

        MiniPackedQueue other = driver.enablePacked(3);
        for (int i = 0; i < 8; i++) {
            fill(driver, other, 0, other.region(4));
            driver.function.run();
            assertEquals(0, other.poll().id());
        }
        assertEquals("no complaints", complaints(driver));
    }

    @Test
    void aResetThatWasNotNegotiatedIsNone() {
        MiniDriver driver = driver("queue=8,offer=ring-reset");
        MiniQueue queue = driver.start(MiniDriver.VERSION_1);

        driver.registers().write16(0x3a, 1);

        driver.request(queue, 4);
        assertEquals(1, queue.usedIndex());
        assertTrue(complaints(driver).contains("queue_reset of queue 0 written as 1"));
    }

    /** What one device takes: {@code queue} is the one that needs no other to answer. */
    private record Taken(int queue, List<Integer> readable, List<Integer> writable, int used) {

        static Taken by(String device) {
            return switch (device) {
                case "entropy" -> new Taken(0, List.of(), List.of(8, 8), 16);
                case "block" -> new Taken(0, List.of(16), List.of(512, 1), 513);
                case "net" -> new Taken(1, List.of(12, 60), List.of(), 0);
                default -> new Taken(1, List.of(5, 3), List.of(), 0);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "entropy, virtio1", "entropy, register-set", "entropy, transitional",
        "block, virtio1", "block, register-set", "block, transitional",
        "net, virtio1", "net, register-set", "net, transitional",
        "console, virtio1", "console, register-set", "console, transitional"
    })
    void everyModelIsDrivenWithEveryRingFeatureAtOnce(String device, String layout) {
        for (long format : new long[] {MiniDriver.RING_PACKED, 0}) {
            EmulatedFunction function =
                    EmulatedDevices.parse(device + ",offer=all,queue=8,layout=" + layout);
            MiniDriver driver =
                    layout.equals("register-set")
                            ? MiniDriver.registerSet(function, 1)
                            : MiniDriver.virtio1(function);
            long features =
                    MiniDriver.VERSION_1
                            | MiniDriver.INDIRECT_DESC
                            | MiniDriver.EVENT_IDX
                            | (ALL & ~MiniDriver.NOTIF_CONFIG_DATA & ~MiniDriver.RING_PACKED)
                            | format;
            assertEquals(11, driver.negotiate(features));
            Taken taken = Taken.by(device);
            boolean packed = format != 0;
            for (int life = 0; life < 2; life++) {
                drive(driver, taken, packed);
                driver.registers().write16(0x16, taken.queue());
                driver.registers().write16(0x3a, 1);
                assertEquals(0, driver.registers().read16(0x3a));
                assertEquals(0, driver.registers().read16(0x1c), "off after its reset");
            }
            assertEquals("no complaints", complaints(driver));
            driver.status(0);
            function.close();
        }
    }

    /** Five requests, more than the ring has room for at once, each an indirect table. */
    private static void drive(MiniDriver driver, Taken taken, boolean packed) {
        int size = 4;
        driver.registers().write16(0x16, taken.queue());
        MiniPackedQueue ring = packed ? driver.enableSelectedPacked(size) : null;
        MiniQueue split = packed ? null : driver.enableSelected(size);
        driver.running();
        for (int i = 0; i < 5; i++) {
            DmaRegion table = table(driver, taken, packed);
            if (packed) {
                ring.offerTable(i % size, table.deviceAddress(), (int) table.length());
                driver.ringAt(taken.queue(), ring.next());
                assertEquals(i % size, ring.poll().id());
            } else {
                MiniQueue.describe(
                        split.rings.memory(),
                        i % size,
                        table.deviceAddress(),
                        (int) table.length(),
                        MiniQueue.INDIRECT,
                        0);
                split.offer(i % size);
                driver.ringAt(taken.queue(), i + 1);
                assertEquals(i + 1, split.usedIndex());
                assertEquals(taken.used(), split.usedLength(i));
            }
        }
    }

    private static DmaRegion table(MiniDriver driver, Taken taken, boolean packed) {
        int count = taken.readable().size() + taken.writable().size();
        DmaRegion table = driver.memory().allocate(16L * count, 16);
        for (int i = 0; i < count; i++) {
            boolean writable = i >= taken.readable().size();
            int length =
                    writable
                            ? taken.writable().get(i - taken.readable().size())
                            : taken.readable().get(i);
            DmaRegion part = driver.memory().allocate(length, 1);
            if (packed) {
                Part shown = writable ? Part.writable(part) : Part.readable(part);
                MiniPackedQueue.describeIn(table.memory(), 16L * i, shown);
            } else {
                int flags = (writable ? MiniQueue.WRITE : 0) | (i < count - 1 ? MiniQueue.NEXT : 0);
                MiniQueue.describe(table.memory(), i, part.deviceAddress(), length, flags, i + 1);
            }
        }
        return table;
    }
}
