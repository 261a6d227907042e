package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvirtio.RequestException;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerDisk;

/** Virtio 1.4 section 5.2.6: many requests in flight. */
class BlockQueueTest {

    private PartnerDisk disk;
    private BlockDriver driver;
    private BlockQueue queue;
    private DmaRegion data;

    private void start(RingFeature feature) {
        disk = new PartnerDisk(feature, RingFeature.VERSION_1);
        driver = BlockDriver.start(disk.transport);
        queue = driver.queue(0);
        data = driver.device().allocate(256 * 512, 512);
        disk.peer.holds = true;
    }

    /** Each sector of the disk holds its own number; each must land where it was asked to. */
    @ParameterizedTest
    @EnumSource(
            value = RingFeature.class,
            names = {"INDIRECT_DESC", "EVENT_IDX"})
    void completesManyReadsInAnyOrder(RingFeature feature) {
        start(feature);
        for (int sector = 0; sector < 1000; sector++) {
            disk.peer.disk[sector * 512] = (byte) sector;
        }
        Random random = new Random(2);
        int offered = 0;
        for (int done = 0; done < 1000; ) {
            // A window of 64 in the 256 places, so that no two in flight share one.
            while (offered < Math.min(1000, done + 64)) {
                assertTrue(queue.offerRead(offered, data, place(offered), 512, offered));
                offered++;
            }
            queue.submit();
            disk.transport.device.run();
            int batch = 1 + random.nextInt(queue.inFlight());
            disk.peer.release(disk.ring(), disk.transport.memory, random, batch);
            while (queue.poll()) {
                assertTrue(queue.isOk());
                long sector = queue.token();
                assertEquals((byte) sector, (byte) data.memory().read8(place(sector)));
                done++;
            }
        }
        assertEquals(0, queue.inFlight());
    }

    private static long place(long sector) {
        return sector % 256 * 512;
    }

    @Test
    void saysFullAndKeepsNoSlotForIt() {
        start(RingFeature.EVENT_IDX);
        int offered = 0;
        while (queue.offerRead(offered, data, 0, 512, offered)) {
            offered++;
        }
        assertEquals(256 / 3, offered);
        for (int i = 0; i < 1000; i++) {
            assertFalse(queue.offerRead(0, data, 0, 512, i));
        }
    }

    @Test
    void allocatesNothingPerRequest() {
        start(RingFeature.INDIRECT_DESC);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < 600; i++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            queue.offerRead(i, data, 0, 1024, i);
            queue.offerWrite(i, data, 1024, 512, i);
            queue.inFlight();
            long offered = thread.getCurrentThreadAllocatedBytes() - before;
            queue.submit();
            disk.peer.release(disk.ring(), disk.transport.memory, new Random(i), 2);
            before = thread.getCurrentThreadAllocatedBytes();
            while (queue.poll()) {
                assertTrue(queue.isOk());
            }
            boolean warm = i >= 100;
            allocated += warm ? offered + thread.getCurrentThreadAllocatedBytes() - before : 0;
        }
        assertEquals(0, allocated);
    }

    @Test
    void tellsHowEachRequestEnded() {
        start(RingFeature.INDIRECT_DESC);
        disk.peer.holds = false;
        disk.peer.status = 1;
        queue.offerRead(5, data, 0, 512, 77);
        queue.submit();

        assertTrue(queue.poll());
        assertEquals(77, queue.token());
        assertEquals(BlockStatus.IOERR, queue.status());
        assertFalse(queue.isOk());
    }

    @Test
    void refusesWhatTheDiskCannotDoBeforeTheDeviceSeesIt() {
        start(RingFeature.INDIRECT_DESC);

        assertThrows(RequestException.class, () -> queue.offerRead(1000, data, 0, 512, 0));
        assertThrows(RequestException.class, () -> queue.offerFlush(0));
        assertThrows(RequestException.class, () -> queue.offerDiscard(0, 1, 0));
        assertThrows(
                RequestException.class,
                () -> queue.offerRead(0, data, 0, driver.requestBytes() + 512, 0));
        assertEquals(0, queue.inFlight());
    }

    @Test
    void refusesDataOutsideTheRegion() {
        start(RingFeature.INDIRECT_DESC);
        long end = data.length();

        assertThrows(
                IndexOutOfBoundsException.class, () -> queue.offerRead(0, data, end - 511, 512, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> queue.offerRead(0, data, -512, 512, 0));
    }
}
