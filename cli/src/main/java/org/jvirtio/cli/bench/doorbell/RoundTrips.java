package org.jvirtio.cli.bench.doorbell;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jvirtio.DeviceType;
import org.jvirtio.Interrupt;
import org.jvirtio.LayoutException;
import org.jvirtio.RequestException;
import org.jvirtio.RunningDevice;
import org.jvirtio.Waiting;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.Virtqueue;

/**
 * Reads of one sector of a disk that answers at once, one after the other, each timed from the
 * offer to its end: the way there, the device, and the way back by poll, message or pin.
 *
 * <p>An interrupt is asked for before the request is offered and waited for in any case. A driver
 * would look at the ring first, and where the device is quick find the request used; then it would
 * not be the interrupt that was measured.
 */
final class RoundTrips implements AutoCloseable {

    /** Bytes of one request: the least there are. */
    private static final int BYTES = 512;

    /** No request takes longer than the driver waits for it. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    private static final long WATCHDOG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** For one request; more are a storm, and looking ends it. */
    private static final int MOST_INTERRUPTS = 100;

    private final BlockDriver disk;
    private final BlockQueue queue;
    private final DmaRegion buffer;
    private final Virtqueue ring;
    private final Interrupt interrupt;
    private final boolean polls;
    private final Histogram histogram = new Histogram(LONGEST, 3);

    private long lostInterrupts;

    private RoundTrips(BlockDriver disk, boolean polls) {
        this.disk = disk;
        this.polls = polls;
        ring = disk.device().queue(0);
        interrupt = disk.device().queueInterrupt(0);
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
        device.setWaiting(0, Waiting.poll());
        return new RoundTrips(disk, way.polls());
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

    /** Requests that were used without an interrupt: each of them is a latency of 100 ms. */
    long lostInterrupts() {
        return lostInterrupts;
    }

    private long nanosOfOne() {
        if (!polls && ring.enableInterrupts()) {
            throw new IllegalStateException("an idle queue has something used");
        }
        long start = System.nanoTime();
        if (!queue.offerRead(0, buffer, 0, BYTES, 0)) {
            throw new IllegalStateException("an idle queue is full");
        }
        queue.submit();
        if (polls || !isToldByInterrupt()) {
            queue.await("a sector of the null disk");
        }
        long nanos = System.nanoTime() - start;
        if (!queue.isOk()) {
            throw new RequestException(
                    "reading the null disk: " + queue.status().meaning() + ". Look at QEMU.");
        }
        return nanos;
    }

    /** Interrupts with nothing behind them are slept through: one may be of the request before. */
    private boolean isToldByInterrupt() {
        for (int i = 0; i < MOST_INTERRUPTS && interrupt.await(WATCHDOG_NANOS); i++) {
            if (queue.poll()) {
                return true;
            }
        }
        lostInterrupts++;
        return false;
    }

    @Override
    public void close() {
        disk.close();
    }
}
