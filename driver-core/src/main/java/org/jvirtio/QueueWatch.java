package org.jvirtio;

import org.jvirtio.queue.Virtqueue;

/**
 * What keeps a wait for one queue from lasting for ever. Every 100 ms the device status is looked
 * at and the doorbell rung once more, in case the device sleeps; at the limit the queue is given
 * up. The caller has the clock, and need not read it at every look.
 */
final class QueueWatch {

    /** The longest that anybody sleeps without looking at the ring. */
    static final long PERIOD_NANOS = 100_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RunningDevice device;
    private final Virtqueue queue;
    private final long limitMillis = Long.getLong("jvirtio.requestMillis", 10_000);
    private boolean begun;
    private long begin;
    private long lastCheck;

    QueueWatch(RunningDevice device, Virtqueue queue) {
        this.device = device;
        this.queue = queue;
    }

    /** Something was used, or nothing is waited for: the limit counts from the next look on. */
    void restart() {
        begun = false;
    }

    /**
     * Nothing was used up to now.
     *
     * @param now of {@link System#nanoTime}
     * @param what is waited for, for the message
     * @return the longest to sleep until the next look: more than 0
     * @throws DeviceTimeoutException at the limit; the queue is not used any more
     * @throws DeviceBrokenException if the status says that nothing will come
     */
    long look(long now, String what) {
        if (!begun) {
            begun = true;
            begin = now;
            lastCheck = now;
        }
        long left = limitMillis * NANOS_PER_MILLI - (now - begin);
        if (left <= 0) {
            device.check(); // A thread that slept too long may not have looked since.
            throw timedOut(what);
        }
        if (now - lastCheck >= PERIOD_NANOS) {
            lastCheck = now;
            device.check();
            queue.ring();
        }
        return Math.min(left, PERIOD_NANOS);
    }

    private DeviceTimeoutException timedOut(String what) {
        String message =
                String.format(
                        "waiting for %s on %s: nothing used for %d ms; device status %s; %s."
                                + " The device is stuck: restart it, or raise the limit with"
                                + " -Djvirtio.requestMillis.",
                        what,
                        device.description(),
                        limitMillis,
                        DeviceStatus.describe(device.status()),
                        queue.describe());
        queue.breakWith(message);
        return new DeviceTimeoutException(message);
    }
}
