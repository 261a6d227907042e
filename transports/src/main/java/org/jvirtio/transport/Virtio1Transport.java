package org.jvirtio.transport;

import org.jvirtio.DeviceType;
import org.jvirtio.Doorbell;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;

/**
 * Drives a device through the structures of virtio 1.x (1.4 section 4.1.4), in BARs or, where the
 * layout says so, through the PCI_CFG capability alone.
 */
final class Virtio1Transport extends CommonTransport {

    private final VirtioLayout.Virtio1 layout;
    private final Doorbells doorbells;

    private Virtio1Transport(
            PciFunction function,
            DeviceType type,
            VirtioLayout.Virtio1 layout,
            CommonStructure common,
            Doorbells doorbells,
            Isr isr) {
        super(function, type, common, isr);
        this.layout = layout;
        this.doorbells = doorbells;
    }

    static Virtio1Transport open(
            PciFunction function, DeviceType type, VirtioLayout.Virtio1 layout) {
        new FunctionCommand(function).decodeBars();
        WindowOpener windows = new WindowOpener(function, layout.pciCfg());
        Registers registers =
                windows.open(
                        "common structure",
                        layout.common(),
                        CommonRegister.SHORTEST,
                        CommonRegister.LONGEST);
        CommonStructure common =
                new CommonStructure(function, registers, windows.openConfig(layout.device()));
        Doorbells doorbells =
                new Doorbells(
                        function.name(), windows, layout.doorbells(), layout.doorbellStride());
        Isr isr = windows.openIsr(layout.isr(), common.status());
        return new Virtio1Transport(function, type, layout, common, doorbells, isr);
    }

    @Override
    public String description() {
        return String.format(
                "%s registers of %s (%s)", layout.label(), function.name(), layout.common());
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
}
