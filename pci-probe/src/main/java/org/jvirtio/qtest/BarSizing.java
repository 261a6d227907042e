package org.jvirtio.qtest;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;

/**
 * Finds out how long the BARs of one function are, as firmware does before an operating system
 * starts, and as that does again (PCI Local Bus 3.0 section 6.2.5.1). Which bits of a BAR keep ones
 * that are written says how long it is:
 *
 * <pre>
 *   written   ffffffff
 *   read      ffffc00c   memory, 64 bits wide, prefetchable: 0x4000 bytes
 * </pre>
 */
final class BarSizing {

    private static final int COUNT = 6;
    private static final int IO = 1;
    private static final int WIDE_MASK = 6;
    private static final int WIDE = 4;
    private static final int PREFETCHABLE = 8;
    private static final long IO_ADDRESS = 0xffff_fffcL;
    private static final long MEMORY_ADDRESS = ~0xfL;
    private static final long LOW = 0xffff_ffffL;
    private static final int DECODE = CommandBit.IO_SPACE.mask() | CommandBit.MEMORY_SPACE.mask();

    /** What two registers say, or one; the upper half is 0 where there is none. */
    private record Value(long bits) {

        static Value of(int low, int high) {
            return new Value((long) high << Integer.SIZE | (low & LOW));
        }

        boolean isIo() {
            return (bits & IO) != 0;
        }

        boolean isWide() {
            return !isIo() && (bits & WIDE_MASK) == WIDE;
        }

        long address() {
            return bits & (isIo() ? IO_ADDRESS : MEMORY_ADDRESS);
        }
    }

    private final Registers config;

    BarSizing(Registers config) {
        this.config = config;
    }

    /**
     * The implemented BARs with their lengths, of address 0 where nobody has given one. Afterwards
     * the registers say what they said before; meanwhile the function answers at no address.
     */
    List<Bar> find() {
        List<Bar> bars = new ArrayList<>();
        notDecoding(
                () -> {
                    for (int index = 0; index < COUNT; index++) {
                        boolean last = index + 1 == COUNT;
                        int before = config.read(ConfigRegister.bar(index));
                        boolean wide = Value.of(before, 0).isWide() && !last;
                        find(index, before, wide, bars);
                        index += wide ? 1 : 0;
                    }
                });
        return bars;
    }

    private void find(int index, int before, boolean wide, List<Bar> bars) {
        int beforeHigh = wide ? config.read(ConfigRegister.bar(index + 1)) : 0;
        int low = ones(index);
        int high = wide ? ones(index + 1) : 0;
        write(index, wide, Value.of(before, beforeHigh).bits());
        Value mask = Value.of(low, high);
        if (mask.address() == 0) {
            return; // not implemented
        }
        long upper = wide ? 0 : -1L << Integer.SIZE;
        bars.add(
                new Bar(
                        index,
                        mask.isIo() ? Bar.Space.IO : Bar.Space.MEMORY,
                        wide,
                        !mask.isIo() && (low & PREFETCHABLE) != 0,
                        new Value(Value.of(before, beforeHigh).bits() | (low & IO)).address(),
                        Long.lowestOneBit(upper | mask.address())));
    }

    private int ones(int index) {
        config.write(ConfigRegister.bar(index), -1);
        return config.read(ConfigRegister.bar(index));
    }

    /** Gives a BAR an address; the function does not answer there until it is told to. */
    Bar place(Bar bar, long address) {
        notDecoding(() -> write(bar.index(), bar.wide(), address));
        return new Bar(
                bar.index(), bar.space(), bar.wide(), bar.prefetchable(), address, bar.length());
    }

    private void write(int index, boolean wide, long value) {
        config.write(ConfigRegister.bar(index), (int) value);
        if (wide) {
            config.write(ConfigRegister.bar(index + 1), (int) (value >>> Integer.SIZE));
        }
    }

    private void notDecoding(Runnable work) {
        int command = config.read(ConfigRegister.COMMAND);
        config.write(ConfigRegister.COMMAND, command & ~DECODE);
        work.run();
        config.write(ConfigRegister.COMMAND, command);
    }
}
