package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.Interrupt;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.PciFunction.Addressing;

/** The split virtqueue, device side (virtio 1.4 section 2.7). */
class ModelQueueTest {

    private static final int NEEDS_RESET = 0x40;
    private static final long SOON = 1_000_000;

    private final EmulatedFunction function = entropy(new FunctionOptions().queueSize(8));
    private final MiniDriver driver = MiniDriver.virtio1(function);

    private static EmulatedFunction entropy(FunctionOptions options) {
        return new EmulatedFunction("entropy", new EntropyModel(1), options);
    }

    private static void describe(MiniQueue queue, int index, DmaRegion part, int flags, int next) {
        MiniQueue.describe(
                queue.rings.memory(),
                index,
                part.deviceAddress(),
                (int) part.length(),
                flags,
                next);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 256, 32768})
    void worksInEverySize(int size) {
        EmulatedFunction other = entropy(new FunctionOptions().queueSize(size));
        MiniDriver mini = MiniDriver.virtio1(other);
        MiniQueue queue = mini.start(mini.least());
        DmaRegion buffer = queue.writable(4);

        for (int i = 0; i < Math.min(3 * size, 1000); i++) {
            queue.offer(queue.chain(List.of(), List.of(buffer)));
            mini.ring();
            assertEquals(i + 1, queue.usedIndex());
        }
        assertEquals(size, queue.size);
        assertEquals(List.of(), other.complaints().list());
    }

    @Test
    void survivesTheWrapOfItsIndices() {
        MiniQueue queue = driver.start(driver.least());
        DmaRegion buffer = queue.writable(1);

        for (int i = 0; i < 70000; i++) {
            queue.offer(queue.chain(List.of(), List.of(buffer)));
            driver.ring();
        }

        assertEquals(70000 & 0xffff, queue.usedIndex());
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void followsDirectDescriptorsIntoAnIndirectTable() {
        MiniQueue queue = driver.start(driver.least() | MiniDriver.INDIRECT_DESC);
        DmaRegion direct = queue.writable(3);
        DmaRegion inside = queue.writable(5);
        DmaRegion table = queue.writable(16);
        MiniQueue.describe(table.memory(), 0, inside.deviceAddress(), 5, MiniQueue.WRITE, 0);
        describe(queue, 0, direct, MiniQueue.WRITE | MiniQueue.NEXT, 1);
        // WRITE on the descriptor that refers to a table is ignored (section 2.7.5.3.2).
        describe(queue, 1, table, MiniQueue.INDIRECT | MiniQueue.WRITE, 0);

        queue.offer(0);
        driver.ring();

        assertEquals(8, queue.usedLength(0));
        assertEquals(EntropyModel.byteAt(1, 7) & 0xff, inside.memory().read8(4));
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void refusesAnIndirectTableThatWasNotNegotiated() {
        MiniQueue queue = driver.start(driver.least());
        describe(queue, 0, queue.writable(16), MiniQueue.INDIRECT, 0);

        expectBroken(queue, 0, "without INDIRECT_DESC negotiated");
    }

    @ParameterizedTest
    @CsvSource({
        "17, 4, bytes",
        "16, 5, with NEXT",
    })
    void refusesABadIndirectTable(int length, int flags, String complaint) {
        MiniQueue queue = driver.start(driver.least() | MiniDriver.INDIRECT_DESC);
        DmaRegion table = queue.writable(32);
        MiniQueue.describe(queue.rings.memory(), 0, table.deviceAddress(), length, flags, 0);

        expectBroken(queue, 0, complaint);
    }

    @Test
    void refusesATableInsideATable() {
        MiniQueue queue = driver.start(driver.least() | MiniDriver.INDIRECT_DESC);
        DmaRegion table = queue.writable(16);
        MiniQueue.describe(table.memory(), 0, table.deviceAddress(), 16, MiniQueue.INDIRECT, 0);
        describe(queue, 0, table, MiniQueue.INDIRECT, 0);

        expectBroken(queue, 0, "inside an indirect table");
    }

    @Test
    void refusesALoop() {
        MiniQueue queue = driver.start(driver.least());
        DmaRegion buffer = queue.writable(4);
        describe(queue, 0, buffer, MiniQueue.WRITE | MiniQueue.NEXT, 1);
        describe(queue, 1, buffer, MiniQueue.WRITE | MiniQueue.NEXT, 0);

        expectBroken(queue, 0, "a loop");
    }

    @Test
    void refusesAHeadOutsideTheTable() {
        expectBroken(driver.start(driver.least()), 8, "index 8 in a table of 8");
    }

    @Test
    void refusesAnAddressOutsideTheMap() {
        MiniQueue queue = driver.start(driver.least());
        long hole = queue.rings.deviceAddress() + queue.rings.length();
        MiniQueue.describe(queue.rings.memory(), 0, hole, 4, MiniQueue.WRITE, 0);

        expectBroken(queue, 0, "not inside one DMA region");
    }

    @Test
    void refusesABufferThatEndsOutsideTheMap() {
        MiniQueue queue = driver.start(driver.least());
        DmaRegion buffer = queue.writable(100);
        MiniQueue.describe(
                queue.rings.memory(), 0, buffer.deviceAddress(), 101, MiniQueue.WRITE, 0);

        expectBroken(queue, 0, "not inside one DMA region");
    }

    @Test
    void refusesAnAvailableIndexThatJumps() {
        MiniQueue queue = driver.start(driver.least());
        queue.rings.memory().write16(16L * queue.size + 2, 9);

        driver.ring();

        assertEquals(NEEDS_RESET, driver.status() & NEEDS_RESET);
        assertTrue(function.complaints().toString().contains("moved from 0 to 9"));
    }

    @Test
    void aBrokenDeviceTellsTheDriverAndWorksAgainAfterAReset() {
        List<Interrupt> vectors = function.interrupts().enableMsix(2);
        MiniQueue queue = driver.start(driver.least());
        driver.vectors(0, 1);
        queue.offer(8);
        driver.ring();
        assertTrue(vectors.get(0).await(SOON), "a configuration interrupt");

        driver.request(queue, 4);
        assertEquals(0, queue.usedIndex(), "until the reset it does nothing");

        MiniQueue fresh = driver.start(driver.least());
        driver.request(fresh, 4);
        assertEquals(1, fresh.usedIndex());
        assertEquals(0x0f, driver.status());
    }

    @Test
    void obeysTheNoInterruptFlag() {
        List<Interrupt> vectors = function.interrupts().enableMsix(2);
        MiniQueue queue = driver.start(driver.least());
        driver.vectors(0, 1);

        queue.availableFlags(1);
        driver.request(queue, 4);
        assertFalse(vectors.get(1).await(SOON));

        queue.availableFlags(0);
        driver.request(queue, 4);
        assertTrue(vectors.get(1).await(SOON));
    }

    @Test
    void withEventIdxInterruptsWhenItCrossesTheUsedEvent() {
        List<Interrupt> vectors = function.interrupts().enableMsix(2);
        MiniQueue queue = driver.start(driver.least() | MiniDriver.EVENT_IDX);
        driver.vectors(0, 1);
        queue.availableFlags(1);
        queue.usedEvent(1);

        driver.request(queue, 4);
        assertFalse(vectors.get(1).await(SOON), "entry 0 is not the one");
        assertEquals(1, queue.availableEvent(), "it wants to hear of the next chain");
        driver.request(queue, 4);
        assertTrue(vectors.get(1).await(SOON), "entry 1 is, whatever the flag says");
        driver.request(queue, 4);
        assertFalse(vectors.get(1).await(SOON));
    }

    @Test
    void doesNothingBeforeDriverOk() {
        driver.negotiate(driver.least());
        MiniQueue queue = driver.enableQueue(driver.memory(), 8);
        driver.request(queue, 4);

        assertEquals(0, queue.usedIndex());
        assertTrue(function.complaints().toString().contains("before DRIVER_OK"));
    }

    @Test
    void anExtraDoorbellIsHarmless() {
        MiniQueue queue = driver.start(driver.least());

        driver.ring();
        driver.ring();

        assertEquals(0, queue.usedIndex());
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void givesBackInReverseInBatches() {
        EmulatedFunction other =
                entropy(new FunctionOptions().completion(Completion.AT_ONCE.reversed().batch(3)));
        MiniDriver mini = MiniDriver.virtio1(other);
        MiniQueue queue = mini.start(mini.least());

        mini.request(queue, 1);
        mini.request(queue, 2);
        assertEquals(0, queue.usedIndex(), "two of three are kept");
        mini.request(queue, 3);

        assertEquals(3, queue.usedIndex());
        assertEquals(List.of(2, 1, 0), heads(queue, 3));
        assertEquals(3, queue.usedLength(0));
        mini.request(queue, 4);
        assertEquals(3, queue.usedIndex());
        other.run();
        assertEquals(4, queue.usedIndex());
    }

    @Test
    void worksWhenToldToIfItsWorkIsDeferred() {
        EmulatedFunction other = entropy(new FunctionOptions().timing(Timing.DEFERRED));
        MiniDriver mini = MiniDriver.virtio1(other);
        MiniQueue queue = mini.start(mini.least());

        mini.request(queue, 1);
        mini.request(queue, 1);
        assertEquals(0, queue.usedIndex());
        other.run();

        assertEquals(2, queue.usedIndex());
    }

    @Test
    void worksOnAThreadOfItsOwn() {
        EmulatedFunction other = entropy(new FunctionOptions().timing(Timing.OWN_THREAD));
        List<Interrupt> vectors = other.interrupts().enableMsix(2);
        MiniDriver mini = MiniDriver.virtio1(other);
        MiniQueue queue = mini.start(mini.least());
        mini.vectors(0, 1);

        for (int i = 0; i < 200; i++) {
            mini.request(queue, 4);
            assertTrue(vectors.get(1).await(5_000_000_000L), "request " + i);
            assertEquals(i + 1, queue.usedIndex());
        }
        mini.status(0);
        other.close();
        assertEquals(List.of(), other.complaints().list());
    }

    @Test
    void withAccessPlatformUnderstandsPlatformAddressesOnly() {
        EmulatedFunction other = EmulatedDevices.parse("entropy,platform=on");
        MiniDriver mini = MiniDriver.virtio1(other);
        mini.negotiate(mini.least() | MiniDriver.ACCESS_PLATFORM);
        MiniQueue queue = mini.enableQueue(other.dmaMemory(Addressing.PLATFORM), 256);
        mini.running();
        mini.request(queue, 4);
        assertEquals(1, queue.usedIndex());

        DmaRegion physical = other.dmaMemory(Addressing.PHYSICAL).allocate(4, 1);
        queue.offer(queue.chain(List.of(), List.of(physical)));
        mini.ring();
        assertTrue(other.complaints().toString().contains("I/O-virtual"));
    }

    @Test
    void noticesRingsThatAreFreedWhileInUse() {
        MiniQueue queue = driver.start(driver.least());

        queue.rings.close();

        assertTrue(function.complaints().toString().contains("is freed while queue 0"));
    }

    @Test
    void deviceAddressesLieApartAndBelow2To44() {
        DmaMemory memory = driver.memory();
        DmaRegion first = memory.allocate(1, 1);
        DmaRegion second = memory.allocate(4097, 1 << 21);

        assertEquals(0, first.deviceAddress() % 4096);
        assertEquals(0, second.deviceAddress() % (1 << 21));
        assertTrue(first.deviceAddress() >= 1L << 32, "a lost upper half is noticed");
        assertTrue(second.deviceAddress() < 1L << 44);
        assertTrue(second.deviceAddress() - first.deviceAddress() >= 8192, "a hole between");
        assertEquals(1, first.length());
    }

    private static List<Integer> heads(MiniQueue queue, int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(queue::usedHead).toList();
    }

    private void expectBroken(MiniQueue queue, int head, String complaint) {
        queue.offer(head);
        driver.ring();

        assertEquals(NEEDS_RESET, driver.status() & NEEDS_RESET);
        assertEquals(0, queue.usedIndex());
        assertTrue(
                function.complaints().toString().contains(complaint),
                function.complaints().toString());
    }
}
