package org.jvirtio.cli.bench.doorbell;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.RequestException;
import org.jvirtio.RunningDevice;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.memory.DmaRegion;

/**
 * Reads of one sector of a disk that answers at once, one after the other, each timed from the
 * offer to its end: the way there, the device, and the way back by poll, message or pin.
 */
final class RoundTrips implements AutoCloseable {

    /** Bytes of one request: the least there are. */
    private static final int BYTES = 512;

    /** No request takes longer than the driver waits for it. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    private final BlockDriver disk;
    private final BlockQueue queue;
    private final DmaRegion buffer;
    private final Histogram histogram = new Histogram(LONGEST, 3);

    private RoundTrips(BlockDriver disk) {
        this.disk = disk;
        queue = disk.queue(0);
        buffer = disk.device().allocate(BYTES, BYTES);
    }

    static RoundTrips open(RoundTripWay way) {
        BlockDriver disk =
                BlockDriver.start(
                        GuestFunction.open(way.function(), way.policy(), DeviceType.BLOCK),
                        BlockDriver.needs().withInterrupts(way.interrupts()));
        RunningDevice device = disk.device();
        if (device.interrupts().mode() != way.interrupts()) {
            disk.close();
            throw new LayoutException(
                    String.format(
                            "measuring %s: the ladder ended at %s: %s. Give the device %s.",
                            way,
                            device.interrupts().mode(),
                            device.interrupts().steps(),
                            way.interrupts()));
        }
        device.setWaiting(0, way.waiting());
        return new RoundTrips(disk);
    }

    /** Times so many, and forgets those of before; nanoseconds. */
    List<Double> percentiles(int requests) {
        histogram.reset();
        for (int i = 0; i < requests; i++) {
            histogram.recordValue(Math.min(LONGEST, nanosOfOne()));
        }
        return Finding.PERCENTILES.stream()
                .map(percent -> (double) histogram.getValueAtPercentile(percent))
                .toList();
    }

    /** Requests found by the watchdog: each of them is a latency of 100 ms. */
    long lostInterrupts() {
        return disk.device().lostInterrupts();
    }

    private long nanosOfOne() {
        long start = System.nanoTime();
        if (!queue.offerRead(0, buffer, 0, BYTES, 0)) {
            throw new IllegalStateException("an idle queue is full");
        }
        queue.submit();
        queue.await("a sector of the null disk");
        long nanos = System.nanoTime() - start;
        if (!queue.isOk()) {
            throw new RequestException(
                    "reading the null disk: " + queue.status().meaning() + ". Look at QEMU.");
        }
        return nanos;
    }

    @Override
    public void close() {
        disk.close();
    }
}
