package org.jvirtio.qtest;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarRegisters;
import org.jvirtio.pci.BarValue;
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

    private static final int DECODE = CommandBit.IO_SPACE.mask() | CommandBit.MEMORY_SPACE.mask();

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
                    for (int index = 0; index < BarRegisters.COUNT; index++) {
                        BarValue before = BarValue.read(config, index, BarRegisters.COUNT);
                        find(index, before, bars);
                        index += before.registers() - 1;
                    }
                });
        return bars;
    }

    private void find(int index, BarValue before, List<Bar> bars) {
        write(index, before.wide(), -1);
        BarValue ones = BarValue.read(config, index, before.wide());
        write(index, before.wide(), before.bits());
        if (ones.address() != 0) { // or it is not implemented
            Bar bar = ones.bar(index, Long.lowestOneBit(ones.address()));
            bars.add(bar.at(before.address()));
        }
    }

    /** Gives a BAR an address; the function does not answer there until it is told to. */
    Bar place(Bar bar, long address) {
        notDecoding(() -> write(bar.index(), bar.wide(), address));
        return bar.at(address);
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
