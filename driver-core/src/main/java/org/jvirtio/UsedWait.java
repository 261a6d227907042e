package org.jvirtio;

import java.util.concurrent.locks.LockSupport;
import org.jvirtio.queue.Virtqueue;

/**
 * Waits for the next used request of one queue: looks for a while, then sleeps on the interrupt,
 * and gives up at a limit.
 *
 * <p>Three things that devices do are survived. An interrupt that never comes: the ring is looked
 * at every 100 ms anyway (which is counted), and the doorbell rung once more in case the device
 * sleeps. An interrupt with nothing behind it: after a hundred of those each costs a millisecond. A
 * device that dies: its status is looked at when the watchdog fires.
 */
final class UsedWait {

    private static final long WATCHDOG_NANOS = 100_000_000;
    private static final long BACK_OFF_NANOS = 1_000_000;
    private static final int LOOKS_BEFORE_SLEEP = 100;
    private static final int EMPTY_WAKEUPS_TOLERATED = 100;

    private final RunningDevice device;
    private final Virtqueue queue;
    private final Interrupt interrupt;
    private final long limitMillis = Long.getLong("jvirtio.requestMillis", 10_000);
    private long lostInterrupts;

    UsedWait(RunningDevice device, Virtqueue queue, Interrupt interrupt) {
        this.device = device;
        this.queue = queue;
        this.interrupt = interrupt;
    }

    long lostInterrupts() {
        return lostInterrupts;
    }

    void await(String what) {
        for (int i = 0; i < LOOKS_BEFORE_SLEEP; i++) {
            if (queue.poll()) {
                return;
            }
            Thread.onSpinWait();
        }
        sleepUntilUsed(what);
        queue.disableInterrupts();
    }

    private void sleepUntilUsed(String what) {
        long start = System.nanoTime();
        long lastLook = start;
        int emptyWakeups = 0;
        boolean woken = true;
        while (!pollBeforeSleep()) {
            long now = System.nanoTime();
            long left = limitMillis * 1_000_000 - (now - start);
            if (left <= 0) {
                throw timedOut(what);
            }
            if (now - lastLook >= WATCHDOG_NANOS) {
                lastLook = now;
                device.check();
                queue.ring();
            }
            if (woken && emptyWakeups++ > EMPTY_WAKEUPS_TOLERATED && !device.isPolling()) {
                LockSupport.parkNanos(BACK_OFF_NANOS);
            }
            woken = interrupt.await(Math.min(left, WATCHDOG_NANOS));
        }
        if (!woken) {
            lostInterrupts++;
        }
    }

    private boolean pollBeforeSleep() {
        return (device.isPolling() || queue.enableInterrupts()) && queue.poll();
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
