package org.jvirtio.qtest;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;

/**
 * Does for one function what firmware does before an operating system starts: finds out how long
 * its BARs are and gives each an address (PCI Local Bus 3.0 section 6.2.5.1). Which bits of a BAR
 * keep ones that are written says how long it is:
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
    private static final int DECODE = CommandBit.IO_SPACE.mask() | CommandBit.MEMORY_SPACE.mask();

    private final Registers config;
    private final AddressRange ports;
    private final AddressRange memory;
    private final List<Bar> bars = new ArrayList<>();

    BarSizing(Registers config, AddressRange ports, AddressRange memory) {
        this.config = config;
        this.ports = ports;
        this.memory = memory;
    }

    /** Gives all BARs addresses; the function does not answer at them until it is told to. */
    List<Bar> assign() {
        int command = config.read(ConfigRegister.COMMAND);
        config.write(ConfigRegister.COMMAND, command & ~DECODE);
        for (int index = 0; index < COUNT; index++) {
            int low = ones(index);
            boolean wide = (low & IO) == 0 && (low & WIDE_MASK) == WIDE && index + 1 < COUNT;
            int high = wide ? ones(index + 1) : 0;
            assign(index, low, high, wide);
            index += wide ? 1 : 0;
        }
        return bars;
    }

    private int ones(int index) {
        config.write(ConfigRegister.bar(index), -1);
        return config.read(ConfigRegister.bar(index));
    }

    private void assign(int index, int low, int high, boolean wide) {
        boolean io = (low & IO) != 0;
        long upper = wide ? (long) high << Integer.SIZE : -1L << Integer.SIZE;
        long kept = upper | (low & (io ? IO_ADDRESS : MEMORY_ADDRESS & 0xffff_ffffL));
        if ((low & (io ? IO_ADDRESS : MEMORY_ADDRESS)) == 0 && high == 0) {
            config.write(ConfigRegister.bar(index), 0); // not implemented
            return;
        }
        long length = Long.lowestOneBit(kept);
        long address = (io ? ports : memory).take(length);
        config.write(ConfigRegister.bar(index), (int) address);
        if (wide) {
            config.write(ConfigRegister.bar(index + 1), (int) (address >>> Integer.SIZE));
        }
        bars.add(
                new Bar(
                        index,
                        io ? Bar.Space.IO : Bar.Space.MEMORY,
                        wide,
                        !io && (low & PREFETCHABLE) != 0,
                        address,
                        length));
    }
}
