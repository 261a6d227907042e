package org.jvirtio.qtest;

import java.util.Optional;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.MsixField;

/**
 * The vector table of a function, programmed as an operating system would (PCI Local Bus 3.0
 * section 6.8.2): where each vector writes, and what.
 *
 * <pre>
 *   +0 address low   +4 address high   +8 data   +12 control, bit 0: masked
 * </pre>
 */
final class MsixTable {

    private static final int ENTRY = 16;
    private static final int ADDRESS_HIGH = 4;
    private static final int DATA = 8;
    private static final int CONTROL = 12;
    private static final int MASKED = 1;
    private static final int ENABLE = 1 << 15;
    private static final int FUNCTION_MASK = 1 << 14;

    private final QtestMachine machine;
    private final Registers config;
    private final MsixCapability capability;
    private final Bar bar;

    private MsixTable(QtestMachine machine, Registers config, MsixCapability capability, Bar bar) {
        this.machine = machine;
        this.config = config;
        this.capability = capability;
        this.bar = bar;
    }

    /** The table of a function, if it has one in memory that is there. */
    static Optional<MsixTable> of(QtestMachine machine, Registers config, Iterable<Bar> bars) {
        Optional<MsixCapability> found = CapabilityList.of(config).first(MsixCapability.class);
        if (found.isPresent()) {
            for (Bar bar : bars) {
                if (holds(bar, found.get())) {
                    return Optional.of(new MsixTable(machine, config, found.get(), bar));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Bar bar, MsixCapability capability) {
        return bar.index() == capability.tableBar()
                && bar.space() == Bar.Space.MEMORY
                && capability.tableOffset() <= bar.length() - capability.tableLength();
    }

    int vectors() {
        return capability.entries();
    }

    /**
     * Lets the first {@code vectors} write to their words, masks the others, and turns MSI-X on.
     */
    void enable(MessageWords words, int vectors) {
        Registers table =
                machine.registers(bar, capability.tableOffset(), capability.tableLength());
        for (int vector = 0; vector < vectors(); vector++) {
            int entry = vector * ENTRY;
            boolean used = vector < vectors;
            table.write32(entry + CONTROL, MASKED);
            table.write32(entry, used ? (int) words.address(vector) : 0);
            table.write32(
                    entry + ADDRESS_HIGH,
                    used ? (int) (words.address(vector) >>> Integer.SIZE) : 0);
            table.write32(entry + DATA, MessageWords.ARRIVED);
            table.write32(entry + CONTROL, used ? 0 : MASKED);
        }
        control(ENABLE);
    }

    void disable() {
        control(0);
    }

    private void control(int bits) {
        int at = capability.bytes().configOffset() + MsixField.MESSAGE_CONTROL.offset();
        int control = config.read16(at) & ~(ENABLE | FUNCTION_MASK);
        config.write16(at, control | bits);
    }
}
