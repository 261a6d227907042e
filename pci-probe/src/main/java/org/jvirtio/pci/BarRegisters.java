package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;

/**
 * What the base address registers alone say. They do not say how long a BAR is, nor tell one
 * without an address from one that is not implemented.
 */
public final class BarRegisters {

    /** Registers of a function that is no bridge (PCI Local Bus 3.0 section 6.1). */
    public static final int COUNT = 6;

    private static final int COUNT_IN_BRIDGE = 2;
    private static final int HEADER_TYPE_MASK = 0x7f;

    private BarRegisters() {}

    /** The BARs whose registers are not zero, of unknown length. */
    public static List<Bar> decode(Registers config) {
        int count = count(config);
        List<Bar> bars = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            BarValue value = BarValue.read(config, index, count);
            if (value.bits() != 0) {
                bars.add(value.bar(index, Bar.UNKNOWN_LENGTH));
            }
            index += value.registers() - 1;
        }
        return bars;
    }

    private static int count(Registers config) {
        return switch (config.read(ConfigRegister.HEADER_TYPE) & HEADER_TYPE_MASK) {
            case 0 -> COUNT;
            case 1 -> COUNT_IN_BRIDGE;
            default -> 0;
        };
    }
}
