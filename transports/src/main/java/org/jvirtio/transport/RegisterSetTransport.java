package org.jvirtio.transport;

import org.jvirtio.DeviceType;
import org.jvirtio.Doorbell;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;

/**
 * Drives a device through the register sets of the mail of 2011: the common structure, one doorbell
 * for all queues and an ISR in one set, the device configuration in another, and perhaps an ISR
 * somewhere faster.
 */
final class RegisterSetTransport extends CommonTransport {

    private final VirtioLayout.RegisterSets layout;
    private final Registers registers;

    private RegisterSetTransport(
            PciFunction function,
            DeviceType type,
            VirtioLayout.RegisterSets layout,
            Registers registers,
            CommonStructure common,
            Isr isr) {
        super(function, type, common, isr);
        this.layout = layout;
        this.registers = registers;
    }

    static RegisterSetTransport open(
            PciFunction function, DeviceType type, VirtioLayout.RegisterSets layout) {
        new FunctionCommand(function).decodeBars();
        WindowOpener windows = new WindowOpener(function);
        Registers registers =
                windows.open(
                        "virtio-pci register set",
                        layout.queues(),
                        RegisterSetRegister.LENGTH,
                        RegisterSetRegister.LENGTH);
        CommonStructure common =
                new CommonStructure(function, registers, windows.openConfig(layout.config()));
        Isr isr = isr(layout, registers, common, windows);
        return new RegisterSetTransport(function, type, layout, registers, common, isr);
    }

    /**
     * The set of its own if there is one, which may be the ISR byte of the legacy layout: then this
     * byte and nothing else of BAR0 is opened.
     */
    private static Isr isr(
            VirtioLayout.RegisterSets layout,
            Registers registers,
            CommonStructure common,
            WindowOpener windows) {
        if (layout.isr().isPresent()) {
            return windows.openIsr(layout.isr().get(), common.status());
        }
        return new Isr(registers, RegisterSetRegister.ISR_STATUS, common.status());
    }

    @Override
    public String description() {
        return String.format("register sets of %s (%s)", function.name(), layout.queues());
    }

    @Override
    public Doorbell enableQueue(int queue, QueueAddresses addresses) {
        DoorbellWord word = common.queues().doorbellWord(queue);
        common.queues().enable(queue, addresses);
        return word.at(
                registers,
                word.pick(RegisterSetRegister.QUEUE_NOTIFY, RegisterSetRegister.QUEUE_NOTIFY_DATA));
    }
}
