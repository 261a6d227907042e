package org.jvirtio.transport;

import org.jvirtio.DeviceConfig;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;

/**
 * Drives a device through the registers of virtio 0.9 (1.4 section 4.1.4.10): one block at the
 * start of BAR0, 32 feature bits and no FEATURES_OK, queues of the device's size in one block of
 * guest-physical pages.
 */
final class LegacyTransport implements Transport {

    private final PciFunction function;
    private final DeviceType type;
    private final Window window;
    private final Registers registers;
    private final StatusRegister status;
    private final LegacyConfig config;
    private final LegacyQueues queues;
    private final InterruptLadder interrupts;

    LegacyTransport(PciFunction function, DeviceType type, VirtioLayout.Legacy layout) {
        this.function = function;
        this.type = type;
        this.window = layout.registers();
        new FunctionCommand(function).decodeBars();
        MsixEnable msix = new MsixEnable(function.config());
        int needed = LegacyRegister.configOffset(msix.possible());
        this.registers =
                new WindowOpener(function)
                        .open("legacy registers", window, needed, window.length());
        this.status = new StatusRegister(function, registers, LegacyRegister.DEVICE_STATUS);
        this.config = new LegacyConfig(registers, msix);
        this.queues = new LegacyQueues(function.name(), registers, msix);
        Isr isr = new Isr(registers, LegacyRegister.ISR_STATUS, status);
        this.interrupts = new InterruptLadder(function.interrupts(), queues, isr);
    }

    @Override
    public DeviceType deviceType() {
        return type;
    }

    @Override
    public String description() {
        return String.format("legacy registers of %s (%s)", function.name(), window);
    }

    /** Resets a second time if the first queue seems to have been left out. */
    @Override
    public void reset() {
        queues.clear();
        status.reset(Transport.resetLimit());
        if (queues.isFirstEnabled()) {
            status.reset(Transport.resetLimit());
        }
    }

    @Override
    public int status() {
        return status.peek();
    }

    /** Sets one more bit; FEATURES_OK does not exist here (section 3.1.2). */
    @Override
    public void addStatus(DeviceStatus bit) {
        if (bit == DeviceStatus.FEATURES_OK) {
            throw new IllegalArgumentException(
                    "FEATURES_OK is no bit of the legacy status; acceptFeatures is all there is");
        }
        status.add(bit);
    }

    @Override
    public FeatureSet offeredFeatures() {
        int bits = registers.read(LegacyRegister.DEVICE_FEATURES);
        if (bits == -1) {
            // No device offers that much; if nobody is there, this read tells.
            status.read();
        }
        return FeatureSet.ofWindow(0, bits);
    }

    /** Writes the features; a legacy device has no way to disagree. */
    @Override
    public void acceptFeatures(FeatureSet accepted) {
        int bits = accepted.window(0);
        FeatureSet beyond = accepted.minus(FeatureSet.ofWindow(0, bits));
        if (!beyond.isEmpty()) {
            throw new IllegalArgumentException(
                    "accepted, but the legacy layout ends at bit 31: "
                            + beyond.names(RingFeature.values()));
        }
        registers.write(LegacyRegister.DRIVER_FEATURES, bits);
    }

    @Override
    public DeviceConfig config() {
        return config;
    }

    /** Guest-physical always: ACCESS_PLATFORM is bit 33, which cannot be accepted here. */
    @Override
    public DmaMemory dmaMemory() {
        return function.dmaMemory(Addressing.PHYSICAL);
    }

    @Override
    public InterruptPlan enableInterrupts(int queueCount, InterruptMode best) {
        return interrupts.descend(queueCount, best);
    }

    /** Returns what the device says: a legacy size is not negotiated, {@code wanted} is ignored. */
    @Override
    public int settleCapacity(int queue, int wanted) {
        return queues.settleCapacity(queue, wanted);
    }

    @Override
    public Doorbell enableQueue(int queue, QueueAddresses addresses) {
        queues.enable(queue, addresses);
        return new RegisterDoorbell(registers, LegacyRegister.QUEUE_NOTIFY, queue);
    }

    /** RING_RESET is bit 40, which cannot be accepted here. */
    @Override
    public void resetQueue(int queue) {
        throw new IllegalStateException(
                "resetting queue " + queue + " alone: RING_RESET was not accepted");
    }

    @Override
    public Interrupt queueInterrupt(int queue) {
        return interrupts.queue(queue);
    }

    @Override
    public Interrupt configInterrupt() {
        return interrupts.config();
    }

    @Override
    public void close() {
        status.closeFunction();
    }
}
