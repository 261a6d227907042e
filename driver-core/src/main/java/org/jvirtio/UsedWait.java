package org.jvirtio;

import org.jvirtio.queue.Virtqueue;

/**
 * Waits for the next used request of one queue: looks as long as its {@link Waiting} says, then
 * sleeps on the interrupt, and gives up at a limit.
 *
 * <p>Three things that devices do are survived. An interrupt that never comes: the ring is looked
 * at every 100 ms anyway (which is counted), and the doorbell rung once more in case the device
 * sleeps. An interrupt with nothing behind it: after a hundred of those each costs a millisecond. A
 * device that dies: its status is looked at every 100 ms, whether one sleeps or looks.
 */
final class UsedWait {

    /** Of looks that find nothing: far more often than the watch has anything to do. */
    private static final int LOOKS_PER_WATCH = 1024;

    private final Virtqueue queue;
    private final Interrupt interrupt;
    private final QueueWatch watch;
    private final EmptyWakeups emptyWakeups = new EmptyWakeups();
    private Waiting waiting;
    private Spin spin;
    private long lostInterrupts;

    UsedWait(RunningDevice device, Virtqueue queue, Interrupt interrupt, Waiting waiting) {
        this.queue = queue;
        this.interrupt = interrupt;
        watch = new QueueWatch(device, queue);
        use(waiting);
    }

    void use(Waiting wanted) {
        waiting = wanted;
        spin = new Spin(wanted);
    }

    Waiting waiting() {
        return waiting;
    }

    Interrupt interrupt() {
        return interrupt;
    }

    long lostInterrupts() {
        return lostInterrupts;
    }

    long emptyWakeups() {
        return emptyWakeups.total();
    }

    void await(String what) {
        watch.restart();
        spin.restart();
        for (int look = 1; !queue.poll(); look++) {
            if (!spin.again()) {
                sleepUntilUsed(what);
                queue.disableInterrupts();
                return;
            }
            if (look % LOOKS_PER_WATCH == 0) {
                watch.look(System.nanoTime(), what);
            }
            Thread.onSpinWait();
        }
    }

    private void sleepUntilUsed(String what) {
        boolean woken = false;
        boolean slept = false;
        while (!(queue.enableInterrupts() && queue.poll())) {
            if (woken) {
                emptyWakeups.foundNothing();
            }
            woken = interrupt.await(watch.look(System.nanoTime(), what));
            slept = true;
        }
        emptyWakeups.foundWork();
        if (slept && !woken) {
            lostInterrupts++;
        }
    }
}
