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
 * Drives a device through the register sets of the mail of 2011: the common structure, one doorbell
 * for all queues and an ISR in one set, the device configuration in another, and perhaps an ISR
 * somewhere faster.
 */
final class RegisterSetTransport implements Transport {

    private final PciFunction function;
    private final DeviceType type;
    private final VirtioLayout.RegisterSets layout;
    private final Registers registers;
    private final CommonStructure common;
    private final InterruptLadder interrupts;

    RegisterSetTransport(PciFunction function, DeviceType type, VirtioLayout.RegisterSets layout) {
        this.function = function;
        this.type = type;
        this.layout = layout;
        new FunctionCommand(function).decodeBars();
        WindowOpener windows = new WindowOpener(function);
        this.registers =
                windows.open(
                        "virtio-pci register set",
                        layout.queues(),
                        RegisterSetRegister.LENGTH,
                        RegisterSetRegister.LENGTH);
        this.common = new CommonStructure(function, registers, windows.openConfig(layout.config()));
        this.interrupts = common.interrupts(isr(windows));
    }

    /**
     * The set of its own if there is one, which may be the ISR byte of the legacy layout: then this
     * byte and nothing else of BAR0 is opened.
     */
    private Isr isr(WindowOpener windows) {
        if (layout.isr().isPresent()) {
            return windows.openIsr(layout.isr().get(), common.status());
        }
        return new Isr(registers, RegisterSetRegister.ISR_STATUS, common.status());
    }

    @Override
    public DeviceType deviceType() {
        return type;
    }

    @Override
    public String description() {
        return String.format("register sets of %s (%s)", function.name(), layout.queues());
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

    @Override
    public Doorbell enableQueue(int queue, QueueAddresses addresses) {
        DoorbellWord word = common.queues().doorbellWord(queue);
        common.queues().enable(queue, addresses);
        return word.at(
                registers,
                word.pick(RegisterSetRegister.QUEUE_NOTIFY, RegisterSetRegister.QUEUE_NOTIFY_DATA));
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
