package org.jvirtio.cli;

import java.time.Duration;
import org.jvirtio.RunningDevice;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.queue.Virtqueue;

/**
 * Brings a queue to a moment worth a picture: requests that the device has used and nobody looked
 * at, requests that it has, and one that it was not shown yet. Afterwards the queue is empty again.
 */
final class QueueMoment {

    private static final int BYTES = 512;
    private static final int FIRST = 2;
    private static final Duration LIMIT = Duration.ofMillis(200);

    private QueueMoment() {}

    /** Of a device that takes any buffer it may write. */
    static void ofEntropy(RunningDevice device, DriveRecorder recorder) {
        Virtqueue queue = device.queue(0);
        if (!recorder.records() || queue.capacity() < 2 * FIRST) {
            return;
        }
        DmaRegion region = device.allocate(2L * FIRST * BYTES, BYTES);
        for (int i = 0; i < FIRST; i++) {
            queue.offerWritable(region.deviceAddress((long) BYTES * i), BYTES, i);
        }
        queue.publish();
        queue.ringIfAsked();
        awaitUsed(queue);
        queue.offerWritable(region.deviceAddress((long) BYTES * FIRST), BYTES, FIRST);
        queue.publish();
        queue.offerWritable(region.deviceAddress((long) BYTES * (FIRST + 1)), BYTES, FIRST + 1);
        recorder.look(queue);
        queue.publish();
        queue.ring();
        while (queue.inFlight() > 0) {
            device.awaitUsed(0, "entropy, for a picture");
        }
    }

    /** Of a disk, of which the first sectors are read. */
    static void ofBlock(BlockDriver driver, DriveRecorder recorder) {
        if (!recorder.records()) {
            return;
        }
        DmaRegion region = driver.device().allocate(2L * FIRST * BYTES, BYTES);
        for (int i = 0; i < FIRST; i++) {
            offerRead(driver, region, i);
        }
        driver.queue(0).submit();
        awaitUsed(driver.device().queue(0));
        for (int i = FIRST; i < 2 * FIRST; i++) {
            offerRead(driver, region, i);
        }
        recorder.look(driver.device().queue(0));
        driver.queue(0).submit();
        while (driver.queue(0).inFlight() > 0) {
            driver.queue(0).await("a read, for a picture");
        }
    }

    private static void offerRead(BlockDriver driver, DmaRegion region, int index) {
        int length = BlockGeometry.SECTOR_BYTES;
        driver.queue(0).offerRead(index, region, (long) length * index, length, index);
    }

    /** A device that takes longer is seen with its requests in flight, which is as true. */
    private static void awaitUsed(Virtqueue queue) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end && !isAnyUsed(queue.snapshot())) {
            Thread.onSpinWait();
        }
    }

    private static boolean isAnyUsed(QueueSnapshot snapshot) {
        return snapshot.descriptors().stream()
                .anyMatch(some -> some.state() == QueueSnapshot.State.USED);
    }
}
