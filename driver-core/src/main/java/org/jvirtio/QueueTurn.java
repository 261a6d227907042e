package org.jvirtio;

import org.jvirtio.queue.Virtqueue;

/**
 * A {@link Turn} over one queue of a device: says what a piece of work is in {@link #work}, and has
 * the rest. Requests that are not used within {@code -Djvirtio.requestMillis} end it with a {@link
 * DeviceTimeoutException}, and a device that is gone with a {@link DeviceBrokenException}.
 *
 * <p>One queue, one thread. Two queues of one device may be turned by two loops: each sleeps on its
 * own vector, or both wake up for the vector or pin that they share.
 */
public abstract class QueueTurn implements Turn {

    private final RunningDevice device;
    private final Virtqueue queue;
    private final Interrupt interrupt;
    private final QueueWatch watch;
    private final String what;
    private boolean worked;

    /**
     * Makes a turn.
     *
     * @param what its requests are, for messages: {@code block reads}
     */
    protected QueueTurn(RunningDevice device, int queueIndex, String what) {
        this.device = device;
        this.what = what;
        queue = device.queue(queueIndex);
        interrupt = device.queueInterrupt(queueIndex);
        watch = new QueueWatch(device, queue);
    }

    /**
     * Takes a bounded number of used requests, and offers new ones.
     *
     * @return true if there was anything to do
     */
    protected abstract boolean work();

    /**
     * True if the device owes an answer, and may be called stuck if it gives none in time. A queue
     * of buffers for what comes in from outside says false.
     */
    protected boolean isAnswerDue() {
        return queue.inFlight() > 0;
    }

    /**
     * False if nobody waits for the next used request: a loop that sleeps is not woken for it then,
     * and the queue is looked at when something else ended the sleep.
     */
    protected boolean isInterruptWanted() {
        return true;
    }

    @Override
    public final boolean turn() {
        boolean didWork = work();
        worked |= didWork;
        return didWork;
    }

    @Override
    public final boolean arm() {
        return isInterruptWanted() && queue.enableInterrupts();
    }

    @Override
    public final void disarm() {
        queue.disableInterrupts();
    }

    @Override
    public final Interrupt interrupt() {
        return interrupt;
    }

    @Override
    public final void watch(long now) {
        if (worked || !isAnswerDue()) {
            worked = false;
            watch.restart();
            device.check();
        } else {
            watch.look(now, what);
        }
    }
}
