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
import org.jvirtio.Transport;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;

/**
 * Drives a device through the structures of virtio 1.x (1.4 section 4.1.4), in BARs or, where the
 * layout says so, through the PCI_CFG capability alone.
 */
final class Virtio1Transport implements Transport {

    private final PciFunction function;
    private final DeviceType type;
    private final VirtioLayout.Virtio1 layout;
    private final CommonStructure common;
    private final Doorbells doorbells;
    private final InterruptLadder interrupts;

    Virtio1Transport(PciFunction function, DeviceType type, VirtioLayout.Virtio1 layout) {
        this.function = function;
        this.type = type;
        this.layout = layout;
        new FunctionCommand(function).decodeBars();
        WindowOpener windows = new WindowOpener(function, layout.pciCfg());
        Registers registers =
                windows.open(
                        "common structure",
                        layout.common(),
                        CommonRegister.SHORTEST,
                        CommonRegister.LONGEST);
        this.common = new CommonStructure(function, registers, windows.openConfig(layout.device()));
        this.doorbells =
                new Doorbells(
                        function.name(), windows, layout.doorbells(), layout.doorbellStride());
        this.interrupts = common.interrupts(windows.openIsr(layout.isr(), common.status()));
    }

    @Override
    public DeviceType deviceType() {
        return type;
    }

    @Override
    public String description() {
        return String.format(
                "%s registers of %s (%s)", layout.label(), function.name(), layout.common());
    }

    @Override
    public void reset() {
        common.reset();
    }

    @Override
    public int status() {
        return common.status().peek();
    }

    @Override
    public void addStatus(DeviceStatus bit) {
        common.status().add(bit);
    }

    @Override
    public FeatureSet offeredFeatures() {
        return common.features().offered();
    }

    @Override
    public void acceptFeatures(FeatureSet accepted) {
        common.features().accept(accepted);
    }

    @Override
    public DeviceConfig config() {
        return common.config();
    }

    @Override
    public DmaMemory dmaMemory() {
        return function.dmaMemory(common.features().addressing());
    }

    @Override
    public InterruptPlan enableInterrupts(int queues, InterruptMode best) {
        return interrupts.descend(queues, best);
    }

    @Override
    public int settleCapacity(int queue, int wanted) {
        return common.queues().settleCapacity(queue, wanted);
    }

    /** Finds the doorbell first, so that a queue whose doorbell is bad is never enabled. */
    @Override
    public Doorbell enableQueue(int queue, QueueAddresses addresses) {
        Doorbell doorbell =
                doorbells.open(
                        queue,
                        common.queues().notifyOffset(queue),
                        common.queues().doorbellWord(queue));
        common.queues().enable(queue, addresses);
        return doorbell;
    }

    @Override
    public void resetQueue(int queue) {
        common.queues().reset(queue);
        interrupts.restore(queue);
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
        common.status().closeFunction();
    }
}
