package org.jvirtio.lab.check;

import java.util.List;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.pci.StructureType;
import org.jvirtio.pci.VirtioCapability;
import org.jvirtio.pci.VirtioField;
import org.jvirtio.transport.CommonRegister;

/** The window into the BARs that a PCI_CFG capability is (virtio 1.4 section 4.1.4.9). */
final class WindowChecks {

    private final Registers config;
    private final int at;
    private final VirtioCapability common;

    private WindowChecks(Bench bench) {
        List<VirtioCapability> windows = CapabilityChecks.of(bench, StructureType.PCI);
        if (windows.isEmpty()) {
            throw new EndedException(Finding.skip("there is no PCI_CFG: CAP-22"));
        }
        this.config = bench.config();
        this.at = windows.get(0).configOffset();
        this.common = CapabilityChecks.of(bench, StructureType.COMMON).get(0);
    }

    static Finding writesThroughTheWindow(Bench bench) {
        WindowChecks window = new WindowChecks(bench);
        Registers direct = bench.common().orElseThrow().common();
        window.write(CommonRegister.DEVICE_FEATURE_SELECT, 1);
        int wide = direct.read(CommonRegister.DEVICE_FEATURE_SELECT);
        direct.write(CommonRegister.QUEUE_SELECT, 0);
        int size = direct.read(CommonRegister.QUEUE_SIZE);
        // The upper half must not arrive: it would be the size of the selected queue.
        window.write(CommonRegister.QUEUE_SELECT, 0x0001_0000);
        int narrow = direct.read(CommonRegister.QUEUE_SELECT);
        int after = direct.read(CommonRegister.QUEUE_SIZE);
        return Finding.that(
                wide == 1 && narrow == 0 && size == after,
                "device_feature_select written as 1 reads %d; queue_select written with 2 bytes of"
                        + " 0x00010000 reads %d, queue_size behind it %d, before %d",
                wide,
                narrow,
                after,
                size);
    }

    static Finding readsThroughTheWindow(Bench bench) {
        WindowChecks window = new WindowChecks(bench);
        Registers direct = bench.common().orElseThrow().common();
        bench.greet();
        bench.registers().offered(0);
        StringBuilder seen = new StringBuilder();
        boolean same = true;
        for (Register register :
                List.of(
                        CommonRegister.DEVICE_FEATURE,
                        CommonRegister.NUM_QUEUES,
                        CommonRegister.DEVICE_STATUS)) {
            int through = window.read(register);
            int plain = direct.read(register);
            same &= through == plain;
            seen.append(
                    String.format(
                            "%s, %d bytes: 0x%x through the window, 0x%x in the BAR; ",
                            register.name(), register.width(), through, plain));
        }
        return Finding.that(same, "%s", seen.substring(0, seen.length() - 2));
    }

    private void aim(Register register) {
        config.write8(at + VirtioField.BAR.offset(), common.bar());
        config.write32(at + VirtioField.OFFSET.offset(), (int) common.offset() + register.offset());
        config.write32(at + VirtioField.LENGTH.offset(), register.width());
    }

    private int read(Register register) {
        aim(register);
        int value = config.read32(at + VirtioField.PCI_CFG_DATA.offset());
        return register.width() == 4 ? value : value & ((1 << (8 * register.width())) - 1);
    }

    private void write(Register register, int value) {
        aim(register);
        config.write32(at + VirtioField.PCI_CFG_DATA.offset(), value);
    }
}
