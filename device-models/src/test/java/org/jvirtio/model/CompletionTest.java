package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jvirtio.model.MiniPackedQueue.Part;
import org.jvirtio.model.MiniPackedQueue.Used;

/** In which order and portions requests come back (virtio 1.4 sections 2.7.9 and 2.8.19). */
class CompletionTest {

    private static final long IN_ORDER = MiniDriver.VERSION_1 | MiniDriver.IN_ORDER;

    private MiniDriver driver;
    private MiniQueue queue;

    private void start(String text, long features) {
        driver = MiniDriver.virtio1(EmulatedDevices.parse("entropy,queue=64," + text));
        queue = driver.start(features);
    }

    private void requests(int count) {
        for (int i = 0; i < count; i++) {
            driver.request(queue, i + 1);
        }
    }

    private List<Integer> heads() {
        return IntStream.range(0, queue.usedIndex()).mapToObj(queue::usedHead).toList();
    }

    @Test
    void aRandomOrderIsAnotherForAnotherSeedAndLosesNothing() {
        start("order=random,shuffle=1,batch=16", MiniDriver.VERSION_1);
        requests(16);
        List<Integer> first = heads();
        start("order=random,shuffle=1,batch=16", MiniDriver.VERSION_1);
        requests(16);
        assertEquals(first, heads());
        start("order=random,shuffle=2,batch=16", MiniDriver.VERSION_1);
        requests(16);

        assertNotEquals(first, heads());
        assertEquals(IntStream.range(0, 16).boxed().toList(), heads().stream().sorted().toList());
    }

    @Test
    void aDelayKeepsTheLastOnes() {
        start("delay=2", MiniDriver.VERSION_1);

        requests(5);
        assertEquals(List.of(0, 1, 2), heads());
        driver.function.run();

        assertEquals(List.of(0, 1, 2, 3, 4), heads());
    }

    @Test
    void delayAndBatchGoTogether() {
        start("delay=1,batch=3", MiniDriver.VERSION_1);

        requests(3);
        assertEquals(List.of(), heads());
        requests(1);

        assertEquals(List.of(0, 1, 2), heads());
    }

    @Test
    void inOrderIsInOrderWhateverWasAskedFor() {
        start("offer=in-order,order=random,batch=8", IN_ORDER);
        requests(8);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), heads());

        start("offer=in-order,order=reversed,batch=8", MiniDriver.VERSION_1);
        requests(8);
        assertEquals(List.of(7, 6, 5, 4, 3, 2, 1, 0), heads(), "not accepted");
    }

    @Test
    void inOrderOneEntryStandsForABatch() {
        start("offer=in-order,batch=4,entries=last", IN_ORDER);

        requests(8);

        assertEquals(8, queue.usedIndex());
        assertEquals(3, queue.usedHead(0), "the last of the batch, in the slot of the first");
        assertEquals(7, queue.usedHead(4));
        assertEquals(8, queue.usedLength(4));
    }

    @Test
    void aRequestThatWasNotUsedCompletelyHasItsOwnEntry() {
        start("offer=in-order,batch=4,entries=last,longest=2", IN_ORDER);

        requests(4); // Of 1, 2, 3 and 4 bytes, of which 1, 2, 2 and 2 are written.

        assertEquals(2, queue.usedHead(0), "stands for two before it");
        assertEquals(2, queue.usedLength(0));
        assertEquals(3, queue.usedHead(3));
    }

    @Test
    void inOrderOneEntryStandsForABatchInAPackedRing() {
        driver =
                MiniDriver.virtio1(
                        EmulatedDevices.parse("entropy,queue=5,offer=all,batch=3,entries=last"));
        MiniPackedQueue packed = driver.startPacked(MiniDriver.IN_ORDER, 5);
        for (int round = 0; round < 10; round++) {
            for (int id = 0; id < 3; id++) {
                packed.offer(id, Part.writable(packed.region(4)));
            }
            driver.ring();
            assertEquals(new Used(2, 4, true), packed.poll());
            packed.skip(0);
            packed.skip(1);
        }
        assertEquals("no complaints", driver.function.complaints().toString());
    }

    @Test
    void aDeviceWithItsOwnThreadKeepsNothingForLong() throws InterruptedException {
        start("thread=on,delay=3,batch=2", MiniDriver.VERSION_1);

        requests(3);
        for (int i = 0; i < 2000 && queue.usedIndex() < 3; i++) {
            Thread.sleep(1);
        }

        assertEquals(List.of(0, 1, 2), heads());
        driver.status(0);
        driver.function.close();
        assertTrue(driver.function.complaints().isEmpty());
    }
}
