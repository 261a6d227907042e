package org.jvirtio.pci;

import org.jvirtio.Registers;

/**
 * What a base address register says, or two that are one of 64 bits (PCI Local Bus 3.0 section
 * 6.2.5.1).
 *
 * <pre>
 *   memory  address | prefetchable (bit 3) | 2: 64 bits wide (bits 2 to 1) | 0
 *   I/O     address |                                                  0   | 1
 * </pre>
 *
 * @param bits of the register; of the second one, which has the upper half, above them
 * @param wide whether it is two registers
 */
public record BarValue(long bits, boolean wide) {

    private static final int IO = 1;
    private static final int WIDE_MASK = 6;
    private static final int WIDE = 4;
    private static final int PREFETCHABLE = 8;
    private static final long IO_ADDRESS = ~0x3L;
    private static final long MEMORY_ADDRESS = ~0xfL;
    private static final long LOW = 0xffff_ffffL;

    /** One register. */
    public static BarValue of(int low) {
        return new BarValue(low & LOW, false);
    }

    /**
     * Reads one of {@code count} registers, and the next one where both are one. Behind the last
     * there is none, whatever it says.
     */
    public static BarValue read(Registers config, int index, int count) {
        BarValue low = of(config.read(ConfigRegister.bar(index)));
        return low.saysWide() && index + 1 < count ? low.with(config, index + 1) : low;
    }

    /** Reads one register, or two, as is known of this BAR by now. */
    public static BarValue read(Registers config, int index, boolean wide) {
        BarValue low = of(config.read(ConfigRegister.bar(index)));
        return wide ? low.with(config, index + 1) : low;
    }

    private boolean saysWide() {
        return space() == Bar.Space.MEMORY && (bits & WIDE_MASK) == WIDE;
    }

    private BarValue with(Registers config, int second) {
        long high = config.read(ConfigRegister.bar(second));
        return new BarValue(high << Integer.SIZE | bits, true);
    }

    /** How many registers it is. */
    public int registers() {
        return wide ? 2 : 1;
    }

    public Bar.Space space() {
        return (bits & IO) != 0 ? Bar.Space.IO : Bar.Space.MEMORY;
    }

    public boolean prefetchable() {
        return space() == Bar.Space.MEMORY && (bits & PREFETCHABLE) != 0;
    }

    public long address() {
        return bits & (space() == Bar.Space.IO ? IO_ADDRESS : MEMORY_ADDRESS);
    }

    /** The BAR that this is the value of. */
    public Bar bar(int index, long length) {
        return new Bar(index, space(), wide, prefetchable(), address(), length);
    }
}
