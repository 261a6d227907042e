package org.jvirtio.lab.check;

import java.util.Optional;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.transport.RegisterSetRegister;

/**
 * Opens the windows of a layout as bare registers, and lets the function answer and reach memory.
 */
final class BareOpener {

    private static final int DOORBELL_BYTES = 2;

    private final PciFunction function;

    BareOpener(PciFunction function) {
        this.function = function;
    }

    BareRegisters open(VirtioLayout layout) {
        switchOn();
        if (layout instanceof VirtioLayout.Legacy legacy) {
            return legacy(legacy);
        }
        if (layout instanceof VirtioLayout.RegisterSets sets) {
            return registerSets(sets);
        }
        return virtio1((VirtioLayout.Virtio1) layout);
    }

    private void switchOn() {
        int wanted = CommandBit.BUS_MASTER.mask();
        for (Bar bar : function.bars()) {
            boolean ports = bar.space() == Bar.Space.IO;
            wanted |= (ports ? CommandBit.IO_SPACE : CommandBit.MEMORY_SPACE).mask();
        }
        int command = function.config().read(ConfigRegister.COMMAND);
        function.config().write(ConfigRegister.COMMAND, command | wanted);
    }

    private LegacyRegisters legacy(VirtioLayout.Legacy layout) {
        Registers config = function.config();
        Optional<MsixCapability> msix = CapabilityList.of(config).first(MsixCapability.class);
        return new LegacyRegisters(
                function.open(layout.registers()),
                () -> msix.isPresent() && msix.get().enabledNow(config));
    }

    private CommonRegisters registerSets(VirtioLayout.RegisterSets layout) {
        Registers set = function.open(layout.queues());
        Registers isr = layout.isr().map(this::firstByte).orElse(set);
        int isrOffset = layout.isr().isPresent() ? 0 : RegisterSetRegister.ISR_STATUS.offset();
        return new CommonRegisters(
                set,
                isr,
                isrOffset,
                set,
                queueNotifyOff -> RegisterSetRegister.QUEUE_NOTIFY.offset(),
                config(layout.config()));
    }

    private CommonRegisters virtio1(VirtioLayout.Virtio1 layout) {
        long stride = layout.doorbellStride();
        Registers doorbells = function.open(layout.doorbells());
        return new CommonRegisters(
                function.open(layout.common()),
                firstByte(layout.isr()),
                0,
                doorbells,
                queueNotifyOff -> inside(queueNotifyOff * stride, doorbells.length()),
                config(layout.device()));
    }

    /** A doorbell that lies outside is not rung; whoever waits for an answer waits in vain. */
    private static long inside(long offset, long length) {
        if (offset + DOORBELL_BYTES > length) {
            throw new EndedException(
                    Finding.fail(
                            "the doorbell is at 0x%x of a structure of 0x%x bytes",
                            offset, length));
        }
        return offset;
    }

    private Registers firstByte(Window window) {
        return function.open(new Window(window.bar(), window.offset(), 1));
    }

    private Registers config(Optional<Window> window) {
        return window.map(function::open)
                .orElse(new Shifted(function.config(), (int) function.config().length()));
    }
}
