package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;
import org.jvirtio.transport.RegisterSetRegister;
import org.jvirtio.transport.SingleRegister;

/** The structures of one layout of a function. */
final class LayoutStructures {

    private final LayoutKind kind;

    /** The fields of the device configuration of this type of device. */
    private final List<Register> configFields;

    private final List<Structure> structures = new ArrayList<>();

    private LayoutStructures(LayoutKind kind, List<Register> configFields) {
        this.kind = kind;
        this.configFields = configFields;
    }

    static List<Structure> of(VirtioLayout layout, List<Register> configFields) {
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            return new LayoutStructures(LayoutKind.VIRTIO1, configFields).virtio1(virtio1);
        }
        if (layout instanceof VirtioLayout.RegisterSets sets) {
            return new LayoutStructures(LayoutKind.REGISTER_SET, configFields).sets(sets);
        }
        if (layout instanceof VirtioLayout.Legacy legacy) {
            return new LayoutStructures(LayoutKind.LEGACY, configFields).legacy(legacy);
        }
        throw new IllegalArgumentException("no structures for the layout " + layout);
    }

    private List<Structure> virtio1(VirtioLayout.Virtio1 layout) {
        registers("COMMON_CFG", layout.common(), "4.1.4.3", CommonRegister.values());
        add(
                Kind.REGISTERS,
                "NOTIFY_CFG",
                layout.doorbells(),
                layout.doorbellStride(),
                "4.1.4.4",
                List.of(SingleRegister.QUEUE_NOTIFY, SingleRegister.QUEUE_NOTIFY_DATA));
        registers("ISR_CFG", layout.isr(), "4.1.4.5", SingleRegister.ISR_STATUS);
        deviceConfig("DEVICE_CFG", layout.device(), "4.1.4.6");
        return structures;
    }

    /** The set of queues ends with its own doorbell and ISR. */
    private List<Structure> sets(VirtioLayout.RegisterSets layout) {
        List<Register> set = new ArrayList<>(Arrays.asList(CommonRegister.values()));
        set.addAll(Arrays.asList(RegisterSetRegister.values()));
        registers("virtio-pci", layout.queues(), "4.1.4.3", set.toArray(Register[]::new));
        layout.isr()
                .ifPresent(
                        window ->
                                registers(
                                        "virtio-isr",
                                        window,
                                        "4.1.4.5",
                                        SingleRegister.ISR_STATUS));
        deviceConfig("virtio-config", layout.config(), "4.1.4.6");
        return structures;
    }

    /** Where the device configuration begins depends on MSI-X: {@link NamedTrace} looks. */
    private List<Structure> legacy(VirtioLayout.Legacy layout) {
        registers("legacy", layout.registers(), "4.1.4.10", LegacyRegister.values());
        return structures;
    }

    private void deviceConfig(String label, Optional<Window> window, String section) {
        window.ifPresent(w -> add(Kind.DEVICE_CONFIG, label, w, 0, section, configFields));
    }

    private void registers(String label, Window window, String section, Register... registers) {
        add(Kind.REGISTERS, label, window, 0, section, Arrays.asList(registers));
    }

    private void add(
            Kind what,
            String label,
            Window window,
            long stride,
            String section,
            List<Register> registers) {
        structures.add(
                new Structure(
                        what,
                        label,
                        Optional.of(kind),
                        FunctionHeader.regionName(window.bar().index()),
                        window.offset(),
                        window.length(),
                        stride,
                        registers,
                        "virtio 1.4 section " + section));
    }
}
