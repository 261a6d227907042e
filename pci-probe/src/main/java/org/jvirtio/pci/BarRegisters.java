package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;

/**
 * What the base address registers alone say (PCI Local Bus 3.0 section 6.2.5.1). They do not say
 * how long a BAR is, nor tell one without an address from one that is not implemented.
 *
 * <pre>
 *   memory  address | prefetchable (bit 3) | 2: 64 bits wide (bits 2 to 1) | 0
 *   I/O     address |                                                  0   | 1
 * </pre>
 */
public final class BarRegisters {

    private static final int COUNT = 6;
    private static final int COUNT_IN_BRIDGE = 2;
    private static final int HEADER_TYPE_MASK = 0x7f;

    private static final int IO = 1;
    private static final int WIDE_MASK = 6;
    private static final int WIDE = 4;
    private static final int PREFETCHABLE = 8;

    private BarRegisters() {}

    /** The BARs whose registers are not zero, of unknown length. */
    public static List<Bar> decode(Registers config) {
        int count = count(config);
        List<Bar> bars = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int low = config.read(ConfigRegister.bar(index));
            boolean wide = isWide(low) && index + 1 < count;
            int high = wide ? config.read(ConfigRegister.bar(index + 1)) : 0;
            if (low != 0 || high != 0) {
                bars.add(bar(index, low, high, wide));
            }
            index += wide ? 1 : 0;
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

    private static boolean isWide(int low) {
        return (low & IO) == 0 && (low & WIDE_MASK) == WIDE;
    }

    private static Bar bar(int index, int low, int high, boolean wide) {
        if ((low & IO) != 0) {
            return new Bar(
                    index, Bar.Space.IO, false, false, low & 0xfffffffcL, Bar.UNKNOWN_LENGTH);
        }
        return new Bar(
                index,
                Bar.Space.MEMORY,
                wide,
                (low & PREFETCHABLE) != 0,
                (long) high << 32 | (low & 0xfffffff0L),
                Bar.UNKNOWN_LENGTH);
    }
}
