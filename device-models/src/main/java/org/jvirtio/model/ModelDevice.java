package org.jvirtio.model;

import java.util.BitSet;

/**
 * The part of a virtio device that is the same for every kind and every layout: status, features,
 * queues, generation, interrupts (virtio 1.4 chapters 2 and 3). The register banks of the layouts
 * are views of it.
 *
 * <p>Used under the function's lock.
 */
final class ModelDevice {

    private static final int SLOW_RESET_READS = 3;

    private final DeviceModel model;
    private final Platform platform;
    private final LayoutLatch latch;
    private final Complaints complaints;
    private final Negotiation negotiation;
    private final ModelInterrupts interrupts;
    private final ModelQueue[] queues;
    private final Fault fault;
    private final Mischief mischief;
    private final RegisterLies lies;

    private int status;
    private int generation;
    private boolean broken;

    /** Reads of the status until a reset is confirmed that takes its time. */
    private int resetReads;

    int queueSelect;

    ModelDevice(
            DeviceModel model,
            FunctionOptions options,
            Platform platform,
            LayoutLatch latch,
            Complaints complaints) {
        this.model = model;
        this.platform = platform;
        this.latch = latch;
        this.complaints = complaints;
        this.negotiation = new Negotiation(model.features(), options, complaints);
        this.lies = new RegisterLies(options.fault());
        this.interrupts = new ModelInterrupts(platform, lies);
        this.queues = new ModelQueue[model.queueCount()];
        this.fault = options.fault();
        this.mischief = new Mischief(options, platform);
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new ModelQueue(this, i, options.queueSize(), options.completion());
        }
    }

    DeviceModel model() {
        return model;
    }

    Negotiation negotiation() {
        return negotiation;
    }

    ModelInterrupts interrupts() {
        return interrupts;
    }

    Platform platform() {
        return platform;
    }

    Complaints complaints() {
        return complaints;
    }

    Mischief mischief() {
        return mischief;
    }

    RegisterLies lies() {
        return lies;
    }

    int queueCount() {
        return queues.length;
    }

    /** The selected queue, or null if the driver selected one that does not exist. */
    ModelQueue selected() {
        return queueSelect < queues.length ? queues[queueSelect] : null;
    }

    boolean isLegacy() {
        return latch.isLegacy();
    }

    BitSet accepted() {
        return negotiation.accepted(latch.isLegacy());
    }

    boolean has(RingBit feature) {
        return accepted().get(feature.bit);
    }

    /** Memory at the addresses that the driver has to use (section 6.1, ACCESS_PLATFORM). */
    DriverMemory memory() {
        return platform.memory(has(RingBit.ACCESS_PLATFORM));
    }

    int status() {
        return status;
    }

    /** The driver reads the status: 0 once a reset is done (section 2.4). */
    int readStatus() {
        if (resetReads > 0) {
            guarded(mischief::completeLate);
            resetReads--;
            if (resetReads == 0) {
                reset();
            }
        }
        return status;
    }

    boolean isRunning() {
        return StatusBit.DRIVER_OK.in(status);
    }

    /** Legacy drivers used their queues before they said DRIVER_OK (section 3.1.2). */
    private boolean servesQueues() {
        return isRunning() || isLegacy();
    }

    /** The status register was written (section 2.1); 0 resets. */
    void writeStatus(int value) {
        if (value == 0) {
            askedToReset();
            return;
        }
        int lost = status & ~value & ~StatusBit.DEVICE_NEEDS_RESET.mask;
        if (lost != 0) {
            complaints.add(
                    String.format(
                            "the driver clears status bits 0x%02x by writing 0x%02x; only a reset"
                                    + " clears them (section 2.1.1)",
                            lost, value));
        }
        int before = status;
        status = (value & 0xff) | (before & StatusBit.DEVICE_NEEDS_RESET.mask);
        if (StatusBit.FEATURES_OK.in(status & ~before) && !isLegacy()) {
            settleFeatures();
        }
        if (isRunning() && !isLegacy() && !StatusBit.FEATURES_OK.in(status)) {
            complaints.add("DRIVER_OK without FEATURES_OK (section 3.1.1)");
        }
    }

    private void askedToReset() {
        if (mischief.holdsForReset(null)) {
            resetReads = SLOW_RESET_READS;
        } else if (fault != Fault.STUCK_RESET || !isRunning()) {
            reset();
        }
    }

    /** The driver wrote 1 to queue_reset (section 2.6.1). */
    void resetQueue(ModelQueue queue) {
        if (mischief.holdsForReset(queue)) {
            queue.resetReads = SLOW_RESET_READS;
        } else {
            queue.reset();
        }
    }

    /** The driver reads queue_reset: 0 once the reset is done. */
    int readQueueReset(ModelQueue queue) {
        if (queue.resetReads > 0) {
            guarded(mischief::completeLate);
            queue.resetReads--;
            if (queue.resetReads == 0) {
                queue.reset();
            }
        }
        return queue.resetReads > 0 ? 1 : 0;
    }

    void reset() {
        status = 0;
        resetReads = 0;
        broken = false;
        queueSelect = 0;
        negotiation.reset();
        for (ModelQueue queue : queues) {
            queue.reset();
        }
        model.reset();
        latch.release();
        interrupts.reset();
    }

    /** A feature window was written; after FEATURES_OK nothing changes any more (section 2.2.1). */
    void writeFeatures(int select, int word) {
        if (StatusBit.FEATURES_OK.in(status)) {
            complaints.add("the driver writes features after FEATURES_OK (section 3.1.1)");
            return;
        }
        negotiation.write(isLegacy(), select, word);
        if (isLegacy()) {
            model.negotiated(accepted()); // Legacy has no FEATURES_OK: what is written counts.
        }
    }

    int generation() {
        return generation & 0xff;
    }

    /** The device-specific configuration is different now (section 2.5). */
    void configChanged() {
        generation++;
        if (isRunning()) {
            interrupts.configChanged();
        }
    }

    void writeConfig(int offset, int width, int value) {
        boolean early =
                !isLegacy()
                        && !StatusBit.FEATURES_OK.in(status)
                        && !model.config().takesEarly(offset);
        if (early || !model.config().write(offset, width, value)) {
            complaints.add(
                    String.format(
                            "write of 0x%x, %d bytes, to device configuration offset %d, %s",
                            value,
                            width,
                            offset,
                            early
                                    ? "before FEATURES_OK (section 3.1.1)"
                                    : "where no field of that width may be written"));
        }
    }

    /** The queue that a doorbell means by a number; -1 with a number that means none. */
    int queueOf(int number) {
        if (!has(RingBit.NOTIF_CONFIG_DATA)) {
            return number;
        }
        for (ModelQueue queue : queues) {
            if (queue.notifyData() == number) {
                return queue.index;
            }
        }
        return -1;
    }

    /** A doorbell rang that says what is next in the ring (section 2.9). */
    void doorbell(int queue, int next) {
        if (queue < queues.length && isRunning() && queues[queue].enabled) {
            guarded(() -> queues[queue].doorbellSays(next));
        }
        doorbell(queue);
    }

    /** The doorbell of a queue rang (section 2.3). */
    void doorbell(int queue) {
        if (queue >= queues.length) {
            complaints.add("doorbell of queue " + queue + " of " + queues.length);
        } else if (!servesQueues()) {
            complaints.add("doorbell of queue " + queue + " before DRIVER_OK (section 3.1.1)");
        } else if (!queues[queue].enabled) {
            complaints.add("doorbell of queue " + queue + ", which is not enabled");
        } else if (!platform.busMaster()) {
            complaints.add("doorbell of queue " + queue + " while bus mastering is off");
        } else if (fault == Fault.NEEDS_RESET) {
            fail("fault=" + fault.label() + " was asked for");
        } else {
            queues[queue].pending = true;
            platform.workPending();
        }
    }

    /** Serves the queues whose doorbell rang. */
    void work() {
        for (ModelQueue queue : queues) {
            if (queue.pending && platform.busMaster()) {
                guarded(queue::work);
            }
        }
    }

    /** A model has something for a queue whose doorbell did not ring. */
    void serveNow(int queue, Runnable action) {
        if (servesQueues() && queues[queue].enabled && platform.busMaster()) {
            guarded(
                    () -> {
                        action.run();
                        queues[queue].giveBackDone();
                    });
        }
    }

    /** Gives back everything that is done. */
    void flush() {
        for (ModelQueue queue : queues) {
            if (platform.busMaster()) {
                guarded(queue::flush);
            }
        }
    }

    /** True if something is done and not given back. */
    boolean keepsRequests() {
        for (ModelQueue queue : queues) {
            if (queue.keepsSomething()) {
                return true;
            }
        }
        return false;
    }

    void serve(int queue, ModelChain chain) {
        model.serve(queue, chain);
    }

    /** Runs what touches the driver's memory; a fault stops the device until its reset. */
    void guarded(Runnable action) {
        if (broken) {
            return;
        }
        try {
            action.run();
        } catch (ProtocolFault fault) {
            fail(fault.getMessage());
        }
    }

    /** The driver's memory cannot be touched any more. */
    void loseMemory() {
        fail("the driver's memory is gone");
    }

    /**
     * Memory is being freed: nothing that the device still uses must lie in it.
     *
     * @return true if the device holds pointers into it, until it is reset
     */
    boolean releasing(long address, long length) {
        boolean held = false;
        for (ModelQueue queue : queues) {
            boolean ring = queue.uses(address, length);
            boolean buffer = queue.holds(address, length);
            if (!broken && (ring || buffer)) {
                complaints.add(
                        String.format(
                                "DMA memory at 0x%x, 0x%x bytes, is freed while queue %d, %s,"
                                        + " is enabled",
                                address,
                                length,
                                queue.index,
                                ring ? "which lies in it" : "which has a request in it"));
            }
            held |= ring || buffer;
        }
        return held;
    }

    /** DEVICE_NEEDS_RESET, and a configuration interrupt if anybody listens (section 2.1.2). */
    private void fail(String why) {
        complaints.add("the device needs a reset: " + why);
        broken = true;
        if (isLegacy()) {
            return; // The legacy status has no such bit.
        }
        status |= StatusBit.DEVICE_NEEDS_RESET.mask;
        if (isRunning()) {
            interrupts.configChanged();
        }
    }

    private void settleFeatures() {
        if (negotiation.agrees()) {
            model.negotiated(accepted());
        } else {
            status &= ~StatusBit.FEATURES_OK.mask;
        }
    }
}
