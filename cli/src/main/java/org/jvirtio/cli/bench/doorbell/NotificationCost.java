package org.jvirtio.cli.bench.doorbell;

import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.RingFeature;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.queue.Virtqueue;

/**
 * What one notification costs the thread that writes it: many in a row on an idle queue, so that
 * neither the clock nor a request is in the figure. What the device then does, on a thread of its
 * own or of QEMU's, is in it as far as the write waits for it.
 */
final class NotificationCost implements AutoCloseable {

    private final EntropyDriver driver;
    private final Virtqueue queue;

    private NotificationCost(EntropyDriver driver) {
        this.driver = driver;
        queue = driver.device().queue(0);
    }

    static NotificationCost open(DoorbellWay way) {
        DriverNeeds needs = EntropyDriver.needs();
        EntropyDriver driver =
                EntropyDriver.start(
                        GuestFunction.open(way.function(), way.policy(), DeviceType.ENTROPY),
                        way.withData() ? needs : needs.without(RingFeature.NOTIFICATION_DATA));
        return new NotificationCost(driver);
    }

    /** Whether what is written is the 32-bit form with the position. */
    boolean writesData() {
        return driver.device().has(RingFeature.NOTIFICATION_DATA);
    }

    /** Nanoseconds of one of {@code rings}. */
    double nanos(int rings) {
        long start = System.nanoTime();
        for (int i = 0; i < rings; i++) {
            queue.ring();
        }
        return (System.nanoTime() - start) / (double) rings;
    }

    @Override
    public void close() {
        driver.close();
    }
}
