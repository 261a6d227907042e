package org.jvirtio;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.Virtqueue;

/**
 * A device after its {@link Handshake}: its queues, its configuration, and what was decided on the
 * way. A driver is built on one and closes it.
 *
 * <p>Not thread-safe: one device, one thread. Only its queues may be of several threads, each of
 * one, with their {@link #queueInterrupt} and {@link #check}; threads that call {@link #awaitUsed}
 * must have a vector per queue, or one may take the interrupt of another.
 */
public final class RunningDevice implements AutoCloseable {

    private static final int GONE = 0xff;

    private final Transport transport;
    private final FeatureSet offered;
    private final FeatureNegotiation features;
    private final Virtqueue[] queues;
    private final UsedWait[] waits;
    private final InterruptPlan interrupts;
    private final List<String> decisions;
    private final List<DmaRegion> regions;
    private boolean closed;

    RunningDevice(
            Transport transport,
            FeatureSet offered,
            FeatureNegotiation features,
            Virtqueue[] queues,
            InterruptPlan interrupts,
            List<String> decisions,
            List<DmaRegion> regions) {
        this.transport = transport;
        this.offered = offered;
        this.features = features;
        this.queues = queues;
        this.interrupts = interrupts;
        this.decisions = decisions;
        this.regions = regions;
        waits = new UsedWait[queues.length];
        for (int i = 0; i < queues.length; i++) {
            waits[i] =
                    new UsedWait(
                            this,
                            queues[i],
                            transport.queueInterrupt(i),
                            isPolling() ? Waiting.poll() : Waiting.DEFAULT);
        }
    }

    public DeviceType type() {
        return transport.deviceType();
    }

    /** Which registers are used, on which function; printed, never decided upon. */
    public String description() {
        return transport.description();
    }

    public FeatureSet offered() {
        return offered;
    }

    public FeatureSet accepted() {
        return features.accepted();
    }

    public boolean has(Feature feature) {
        return features.accepted().has(feature);
    }

    /** Every bit offered or wanted, with the reason of its verdict. */
    public List<FeatureDecision> features() {
        return features.decisions();
    }

    public InterruptPlan interrupts() {
        return interrupts;
    }

    /** Everything that was decided on the way here: one sentence each, with its reason. */
    public List<String> decisions() {
        List<String> all = new ArrayList<>();
        for (FeatureDecision decision : features()) {
            all.add(decision.toString());
        }
        all.addAll(interrupts.steps());
        all.addAll(decisions);
        for (int i = 0; i < waits.length; i++) {
            if (!waits[i].waiting().equals(Waiting.DEFAULT)) {
                all.add(waitingDecision(i));
            }
        }
        return all;
    }

    private String waitingDecision(int queue) {
        return String.format(
                "queue %d %s: %s",
                queue,
                waits[queue].waiting().sentence("its interrupt"),
                isPolling() ? "no interrupt on this reach" : "the driver asked for it");
    }

    public int queueCount() {
        return queues.length;
    }

    public Virtqueue queue(int index) {
        return queues[index];
    }

    public DeviceConfig config() {
        return transport.config();
    }

    /** What to wait on for used requests of a queue; {@link #awaitUsed} does so. */
    public Interrupt queueInterrupt(int index) {
        return waits[index].interrupt();
    }

    /** What to wait on for a change of the configuration. */
    public Interrupt configInterrupt() {
        return transport.configInterrupt();
    }

    /**
     * Allocates zeroed memory that the device can reach. It is freed with the device, and not
     * before.
     */
    public DmaRegion allocate(long length, long alignment) {
        DmaRegion region = transport.dmaMemory().allocate(length, alignment);
        regions.add(region);
        return region;
    }

    /**
     * Looks at the device status.
     *
     * @throws DeviceBrokenException if the device is gone, or asks to be reset (section 2.1.2):
     *     what is in flight then has no known outcome
     */
    public void check() {
        int status = transport.status();
        if (status == GONE) {
            throw breakWith(
                    "its status reads 0xff: the function is gone or answers no more. Look whether"
                            + " it was unplugged or its memory decoding switched off.");
        }
        if (DeviceStatus.DEVICE_NEEDS_RESET.in(status)) {
            throw breakWith(
                    "it asks to be reset: its status is "
                            + DeviceStatus.describe(status)
                            + ". Close it and start it again; requests in flight are lost.");
        }
        if (!DeviceStatus.DRIVER_OK.in(status)) {
            throw breakWith(
                    "it stopped running: its status is "
                            + DeviceStatus.describe(status)
                            + ", without DRIVER_OK. Somebody reset it: start it again.");
        }
    }

    /** Ends the use of all queues, with one reason. */
    private DeviceBrokenException breakWith(String reason) {
        String message = "checking " + description() + ": " + reason;
        for (Virtqueue queue : queues) {
            queue.breakWith(message);
        }
        return new DeviceBrokenException(message);
    }

    /** How {@link #awaitUsed} waits for a queue. */
    public Waiting waiting(int queue) {
        return waits[queue].waiting();
    }

    /**
     * Chooses how {@link #awaitUsed} waits for a queue, from its next call on. Without interrupts
     * it polls whatever is asked for; {@link #decisions} says so.
     */
    public void setWaiting(int queue, Waiting wanted) {
        waits[queue].use(isPolling() ? Waiting.poll() : wanted);
    }

    /**
     * Waits for the next used request of a queue and polls it: {@link Virtqueue#token} and {@link
     * Virtqueue#usedLength} then tell of it.
     *
     * @param what is waited for, for the message: {@code a block read}
     * @throws DeviceTimeoutException after {@code -Djvirtio.requestMillis} (10000 by default). The
     *     queue is not used any more, because the device may still write to what it was given.
     */
    public void awaitUsed(int queue, String what) {
        waits[queue].await(what);
    }

    /**
     * Takes everything in flight on one queue back from the device and hands the queue over again,
     * empty (RING_RESET, section 2.6.1). The other queues go on.
     *
     * @return the tokens of what was in flight, oldest first: cancelled, the buffers are the
     *     caller's again
     * @throws LayoutException if the device gives the queue another size now
     */
    public long[] resetQueue(int index) {
        if (!has(RingFeature.RING_RESET)) {
            throw new IllegalStateException(
                    "resetting queue "
                            + index
                            + " of "
                            + description()
                            + ": RING_RESET was not accepted; close the device and start it again");
        }
        Virtqueue queue = queues[index];
        queue.requireWorking();
        try {
            transport.resetQueue(index);
            long[] cancelled = queue.restart();
            requireSameCapacity(index, transport.settleCapacity(index, queue.capacity()));
            transport.enableQueue(index, queue.addresses());
            return cancelled;
        } catch (VirtioException failure) {
            queue.breakWith(failure.getMessage());
            throw failure;
        }
    }

    private void requireSameCapacity(int index, int settled) {
        int capacity = queues[index].capacity();
        if (settled != capacity) {
            throw new LayoutException(
                    String.format(
                            "resetting queue %d of %s: it had %d entries, now the device gives it"
                                    + " %d. Repair the device model, or refuse RING_RESET.",
                            index, description(), capacity, settled));
        }
    }

    /** How often a used request was found although no interrupt had come. */
    public long lostInterrupts() {
        long lost = 0;
        for (UsedWait wait : waits) {
            lost += wait.lostInterrupts();
        }
        return lost;
    }

    /** How often an interrupt had come and nothing was used. */
    public long emptyWakeups() {
        long empty = 0;
        for (UsedWait wait : waits) {
            empty += wait.emptyWakeups();
        }
        return empty;
    }

    int status() {
        return transport.status();
    }

    private boolean isPolling() {
        return interrupts.mode() == InterruptMode.POLLING;
    }

    /** Writes FAILED and closes, for a driver that cannot start; {@code failure} goes on. */
    public void abandon(Throwable failure) {
        closed = true;
        Handshake.abandon(transport, regions, failure);
    }

    /**
     * Closes the transport, which resets the device, and only then frees the rings and buffers. If
     * the reset is not confirmed they stay allocated: the device may still write to them.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Virtqueue queue : queues) {
            queue.breakWith("using " + description() + ": it is closed. Start it again.");
        }
        transport.close();
        for (DmaRegion region : regions) {
            region.close();
        }
    }
}
