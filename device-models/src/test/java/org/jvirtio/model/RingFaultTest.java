package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.Interrupt;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.MiniPackedQueue.Part;
import org.jvirtio.model.MiniPackedQueue.Used;

/**
 * Each lie about a ring is told once, on the request that was chosen, and looks as {@link Fault}
 * says; what went before is as it should be.
 */
class RingFaultTest {

    private static final long SOON = 1_000_000;
    private static final long LATER = 5_000_000_000L;
    private static final int SIZE = 8;

    private MiniDriver driver;
    private MiniQueue queue;
    private MiniPackedQueue packed;

    static Stream<Fault> ringFaults() {
        return Stream.of(Fault.values()).filter(Fault::isOnRing);
    }

    private void split(String text, long features) {
        driver = MiniDriver.virtio1(EmulatedDevices.parse("entropy,queue=8," + text));
        queue = driver.start(MiniDriver.VERSION_1 | features);
    }

    private void packed(String text) {
        driver = MiniDriver.virtio1(EmulatedDevices.parse("entropy,queue=8,offer=all," + text));
        packed = driver.startPacked(MiniDriver.RING_RESET, SIZE);
    }

    private DmaRegion ask(int id) {
        DmaRegion buffer = packed.region(4);
        packed.offer(id, Part.writable(buffer));
        driver.ring();
        return buffer;
    }

    private void requests(int count) {
        for (int i = 0; i < count; i++) {
            driver.request(queue, 4);
        }
    }

    private void requestsAtOnce(int count) {
        for (int i = 0; i < count; i++) {
            queue.offer(queue.chain(List.of(), List.of(queue.writable(4))));
        }
        driver.ring();
    }

    private static boolean eventually(BooleanSupplier question) {
        return within(2000, question);
    }

    private static boolean within(int millis, BooleanSupplier question) {
        for (int i = 0; i < millis; i++) {
            if (question.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("ringFaults")
    void noFaultActsOnOtherRequests(Fault fault) {
        packed("fault=" + fault.label() + ",fault-at=3");
        for (int i = 0; i < 3; i++) {
            ask(i);
            assertEquals(new Used(i, 4, true), packed.poll());
        }
        assertEquals(0, driver.function.faultsDone());
        ask(3);

        assertEquals(1, driver.function.faultsDone());
        driver.status(0);
    }

    @ParameterizedTest
    @CsvSource({
        "used-id-outside, 8, 4",
        "used-id-unknown, 7, 4",
        "used-length-beyond, 1, 5",
        "used-length-below-header, 1, 1",
        "used-length-short, 1, 3",
    })
    void aUsedEntryLies(String fault, int id, int length) {
        split("fault-at=1,fault=" + fault, 0);
        requests(3);
        assertEquals(List.of(0, id, 2), heads(3));
        assertEquals(length, queue.usedLength(1));
        assertEquals(4, queue.usedLength(2));

        packed("fault-at=1,fault=" + fault);
        for (int i = 0; i < 3; i++) {
            ask(i);
        }
        assertEquals(new Used(0, 4, true), packed.poll());
        assertEquals(new Used(id, length, true), packed.poll());
        assertEquals(new Used(2, 4, true), packed.poll());
    }

    @Test
    void aRequestIsGivenBackTwice() {
        split("fault-at=1,fault=used-id-twice", 0);
        requests(3);
        assertEquals(List.of(0, 1, 1, 2), heads(4));
        assertEquals(4, queue.usedIndex());

        packed("fault=used-id-twice");
        ask(5);
        assertEquals(5, packed.poll().id());
        assertEquals(5, packed.poll().id());
        assertNull(packed.poll());
    }

    @Test
    void theUsedIndexJumps() {
        split("fault-at=1,fault=used-index-jumps", 0);
        requests(3);
        assertEquals(2 + SIZE, queue.usedIndex());

        packed("fault=used-index-jumps");
        ask(5);
        assertEquals(5, packed.poll().id());
        assertEquals(0, packed.poll().id(), "a slot that was never available");
        assertNull(packed.poll());
        ask(6);
        assertNull(packed.poll(), "nothing more comes");
    }

    @Test
    void theUsedIndexGoesBack() {
        split("fault-at=2,fault=used-index-back", 0);
        requests(4);
        assertEquals(1, queue.usedIndex());

        packed("fault=used-index-back,fault-at=1");
        ask(5);
        packed.poll();
        ask(6);
        assertNull(packed.poll());
        assertEquals(6, packed.ring.memory().read16(12), "where the first one was");
    }

    @Test
    void theUsedIndexRunsOn() {
        split("fault=used-index-runs", 0);
        requests(1);
        assertTrue(eventually(() -> queue.usedIndex() > 3 * SIZE));
        driver.status(0);
        int last = queue.usedIndex();
        assertFalse(within(20, () -> queue.usedIndex() != last), "a reset ends it");

        packed("fault=used-index-runs");
        ask(5);
        int lastSlot = 16 * (SIZE - 1);
        assertTrue(eventually(() -> packed.ring.memory().read16(lastSlot + 12) == 5));
        driver.status(0);
    }

    @Test
    void theRingsAreScribbledOver() {
        split("fault=scribbles-rings", 0);
        requests(1);
        assertEquals(0xa5a5, queue.rings.memory().read16(16 * 5 + 14), "a next field");
        assertEquals(0xa5a5, queue.rings.memory().read16(16 * SIZE + 4), "an available entry");
        assertEquals(List.of(0), heads(1));
        requests(20);
        assertEquals(21, queue.usedIndex(), "and the device goes on");

        packed("fault=scribbles-rings");
        ask(1);
        assertEquals(0xa5a5a5a5_a5a5a5a5L, packed.ring.memory().read64(16));
        for (int i = 0; i < 20; i++) {
            assertEquals(new Used(1, 4, true), packed.poll());
            ask(1);
        }
    }

    @Test
    void aBufferGoesOnChanging() {
        split("fault=rewrites-buffer", 0);
        DmaRegion buffer = driver.request(queue, 32);
        assertEquals(1, queue.usedIndex());
        int header = buffer.memory().read32(0);
        int last = buffer.memory().read32(28);

        assertTrue(eventually(() -> buffer.memory().read32(28) != last));
        assertTrue(eventually(() -> buffer.memory().read32(28) == last));
        assertEquals(header, buffer.memory().read32(0));
        driver.status(0);
    }

    @Test
    void aRequestNeverComesBack() {
        split("fault=never-completes", 0);
        requests(2);
        driver.function.run();
        assertEquals(List.of(1), heads(1));
        assertEquals(1, queue.usedIndex());
    }

    @Test
    void aRequestComesBackBetweenAskingForTheResetAndItsEnd() {
        split("fault=late-completion", 0);
        requests(1);
        driver.function.run();
        assertEquals(0, queue.usedIndex());

        driver.status(0);
        assertEquals(0, queue.usedIndex());
        assertEquals(15, driver.status());
        assertEquals(1, queue.usedIndex());
        assertEquals(15, driver.status());
        assertEquals(0, driver.status());
        assertEquals(15, driver.negotiate(MiniDriver.VERSION_1) | 4);
    }

    @Test
    void aRequestComesBackWhileItsQueueIsReset() {
        packed("fault=late-completion");
        ask(4);

        driver.registers().write16(0x3a, 1);
        assertEquals(1, driver.registers().read16(0x1c));
        assertEquals(1, driver.registers().read16(0x3a));
        assertEquals(4, packed.poll().id());
        assertEquals(1, driver.registers().read16(0x3a));
        assertEquals(0, driver.registers().read16(0x3a));
        assertEquals(0, driver.registers().read16(0x1c));
    }

    @Test
    void theDeviceWritesBehindABuffer() {
        split("fault=writes-outside", 0);
        DmaRegion region = queue.writable(16);
        MiniQueue.describe(queue.rings.memory(), 0, region.deviceAddress(), 8, MiniQueue.WRITE, 0);
        queue.offer(0);
        driver.ring();

        assertEquals(0xeeeeeeee, region.memory().read32(8));
        assertEquals(0, region.memory().read32(12));
        assertEquals(8, queue.usedLength(0));
    }

    @Test
    void theWishForDoorbellsMakesNoSense() {
        split("fault=events-nonsense,fault-at=1", MiniDriver.EVENT_IDX);
        requests(1);
        assertEquals(1, queue.availableEvent());
        requests(1);
        assertEquals(0x4002, queue.availableEvent());
        requests(1);
        assertEquals(3, queue.availableEvent(), "once");

        packed("fault=events-nonsense");
        ask(1);
        assertEquals(0xffff, packed.deviceFlags());
        assertEquals(0xffff, packed.deviceOffWrap());
    }

    @Test
    void theWrapBitIsWrong() {
        packed("fault=wrap-bit-wrong");
        ask(1);
        assertNull(packed.poll());
        assertEquals(MiniPackedQueue.WRITE, packed.ring.memory().read16(14));
        ask(2);
        assertNull(packed.poll(), "the driver waits at the first slot");
        assertEquals(0x8082, packed.ring.memory().read16(30));
    }

    @Test
    void theOrderIsBrokenByTwo() {
        split("offer=in-order,fault=order-broken,fault-at=1", MiniDriver.IN_ORDER);
        requestsAtOnce(5);
        assertEquals(List.of(0, 2, 3, 1, 4), heads(5));
    }

    @Test
    void theOrderIsBrokenByOneIfNoSecondComesAtOnce() {
        split("offer=in-order,fault=order-broken,fault-at=1", MiniDriver.IN_ORDER);
        requests(2);
        assertEquals(1, queue.usedIndex());
        requests(2);
        assertEquals(List.of(0, 2, 1, 3), heads(4));
    }

    @Test
    void interruptsStorm() {
        split("fault=interrupt-storm", 0);
        Interrupt vector = vector();
        requests(1);

        for (int i = 0; i < 50; i++) {
            assertTrue(vector.await(LATER), "interrupt " + i);
        }
        assertEquals(1, queue.usedIndex());
        driver.status(0);
    }

    @Test
    void anInterruptIsLost() {
        split("fault=interrupt-lost", 0);
        Interrupt vector = vector();
        requests(1);
        assertEquals(1, queue.usedIndex());
        assertFalse(vector.await(SOON));
        requests(1);
        assertTrue(vector.await(SOON));
    }

    @Test
    void anInterruptComesTooEarly() {
        split("fault=interrupt-early", 0);
        Interrupt vector = vector();
        requests(1);
        int then = queue.usedIndex();
        assertTrue(vector.await(SOON));

        assertEquals(0, then);
        assertTrue(eventually(() -> queue.usedIndex() == 1));
        assertFalse(vector.await(SOON), "and no second one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"used-index-jumps", "used-id-twice", "order-broken"})
    void afterAResetTheDeviceIsHonest(String fault) {
        split("fault=" + fault, 0);
        requests(1);
        queue = driver.start(MiniDriver.VERSION_1);
        requests(3);

        assertEquals(List.of(0, 1, 2), heads(3));
        assertEquals(3, queue.usedIndex());
        assertNotEquals(0, driver.function.faultsDone());
    }

    private Interrupt vector() {
        Interrupt vector = driver.function.interrupts().enableMsix(2).get(1);
        driver.vectors(0, 1);
        return vector;
    }

    private List<Integer> heads(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(queue::usedHead).toList();
    }
}
