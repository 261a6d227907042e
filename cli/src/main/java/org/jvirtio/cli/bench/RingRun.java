package org.jvirtio.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.linux.Processors;
import org.jvirtio.queue.QueueMemory;

/**
 * One ring and both who turn it, on the calling thread or with the device on a thread of its own,
 * for as many rounds as are asked for.
 */
final class RingRun {

    /** Reading the clock costs as much as a few requests. */
    private static final int BUFFERS_BETWEEN_CLOCKS = 1 << 14;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final RingPlan plan;
    private final DriverSide driver;
    private final DeviceSide device;
    private volatile boolean finished;

    // Of the device's thread, while it has one; read after it has ended.
    private long looks;
    private long vain;

    RingRun(RingPlan plan) {
        this.plan = plan;
        boolean packed = plan.format() == RingFormat.PACKED;
        FeatureSet accepted = FeatureSet.of(RingFeature.EVENT_IDX);
        BitSet seen = new BitSet();
        seen.set(RingFeature.EVENT_IDX.bit());
        if (packed) {
            accepted = accepted.with(RingFeature.RING_PACKED.bit());
            seen.set(RingFeature.RING_PACKED.bit());
        }
        OwnMemory memory = new OwnMemory();
        QueueMemory shape = QueueMemory.allocate(accepted, memory, plan.entries(), 0);
        driver = new DriverSide(shape, accepted, memory, plan.batch());
        device = new DeviceSide(shape, seen, packed, plan.batch());
    }

    /** Turns the ring for that long; everything offered is harvested again. */
    RingSample round(double seconds) {
        long before = driver.harvested();
        long doorbells = driver.doorbells();
        long interrupts = device.interrupts();
        looks = 0;
        vain = 0;
        Stretch stretch = plan.threads() == 1 ? turn(seconds) : turnOnTwo(seconds);
        driver.requireComplete();
        return new RingSample(
                driver.harvested() - before,
                stretch.seconds,
                stretch.busy,
                driver.doorbells() - doorbells,
                device.interrupts() - interrupts,
                looks == 0 ? 1 : (double) looks / (looks - vain));
    }

    /** How long a thread worked, and for which part of that it had a processor. */
    private record Stretch(double seconds, double busy) {

        static Stretch since(long begin, long beginProcessor) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            double busy = (THREADS.getCurrentThreadCpuTime() - beginProcessor) / 1e9 / seconds;
            return new Stretch(seconds, busy);
        }
    }

    private Stretch turn(double seconds) {
        long begin = System.nanoTime();
        long beginProcessor = THREADS.getCurrentThreadCpuTime();
        long end = begin + (long) (seconds * 1e9);
        do {
            turnBoth(driver, device, driver.harvested() + BUFFERS_BETWEEN_CLOCKS);
        } while (System.nanoTime() < end);
        return Stretch.since(begin, beginProcessor);
    }

    private static void turnBoth(DriverSide driver, DeviceSide device, long until) {
        while (driver.harvested() < until) {
            driver.offerBatch();
            device.useBatch();
            driver.harvestBatch();
        }
    }

    private Stretch turnOnTwo(double seconds) {
        finished = false;
        CountDownLatch ready = new CountDownLatch(1);
        FutureTask<Stretch> serving = new FutureTask<>(() -> serve(ready));
        Thread server = new Thread(serving, "device");
        server.start();
        try {
            // A new thread begins on its maker's processor, and gets none while that one spins.
            ready.await();
            Stretch driving = drive(seconds);
            finished = true;
            return new Stretch(driving.seconds, Math.min(driving.busy, serving.get().busy));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the device's thread failed", e);
        } finally {
            finished = true;
        }
    }

    private Stretch drive(double seconds) {
        long begin = System.nanoTime();
        long beginProcessor = THREADS.getCurrentThreadCpuTime();
        long end = begin + (long) (seconds * 1e9);
        do {
            driveSome(driver, driver.harvested() + BUFFERS_BETWEEN_CLOCKS);
        } while (System.nanoTime() < end);
        while (!driver.isIdle()) {
            driver.harvestBatch();
        }
        return Stretch.since(begin, beginProcessor);
    }

    private static void driveSome(DriverSide driver, long until) {
        while (driver.harvested() < until) {
            boolean room = driver.hasRoom();
            if (room) {
                driver.offerBatch();
            }
            if (driver.harvestBatch() == 0 && !room) {
                Thread.onSpinWait();
            }
        }
    }

    private Stretch serve(CountDownLatch ready) {
        try {
            Processors.pinThisThreadTo(plan.processors().get(1));
        } finally {
            ready.countDown();
        }
        long begin = System.nanoTime();
        long beginProcessor = THREADS.getCurrentThreadCpuTime();
        while (!finished) {
            vain += serveSome(device);
            looks += BUFFERS_BETWEEN_CLOCKS;
        }
        return Stretch.since(begin, beginProcessor);
    }

    /** Returns how often there was nothing. */
    private static int serveSome(DeviceSide device) {
        int nothing = 0;
        for (int i = 0; i < BUFFERS_BETWEEN_CLOCKS; i++) {
            if (device.useBatch() == 0) {
                nothing++;
                Thread.onSpinWait();
            }
        }
        return nothing;
    }
}
