package org.jvirtio.transport;

import java.util.List;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.PciFunction;

/**
 * The command register of a PCI function: whether it answers at its BARs, and whether it may reach
 * memory (PCI Local Bus 3.0 section 6.2.2).
 */
final class FunctionCommand {

    /** The bits that a virtio driver needs. */
    enum Bit {
        IO_DECODE(1),
        MEMORY_DECODE(2),
        BUS_MASTER(4);

        private final int mask;

        Bit(int mask) {
            this.mask = mask;
        }

        boolean in(int command) {
            return (command & mask) != 0;
        }
    }

    private enum Header implements Register {
        /** Sixteen bits: a wider write would clear bits of the status register behind it. */
        COMMAND;

        @Override
        public int offset() {
            return 4;
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public String source() {
            return "PCI Local Bus 3.0 section 6.2.2";
        }
    }

    private final Registers config;
    private final int decodeMask;

    FunctionCommand(PciFunction function) {
        this.config = function.config();
        this.decodeMask = decodeMask(function.bars());
    }

    int read() {
        return config.read(Header.COMMAND);
    }

    /**
     * Lets the function answer at its BARs. At all of them, whatever the layout: registers may be
     * behind ports while the MSI-X table is in memory.
     */
    void decodeBars() {
        set(decodeMask);
    }

    /** True if with this command the function answers at all its BARs. */
    boolean decodesBars(int command) {
        return (command & decodeMask) == decodeMask;
    }

    /** Lets the function reach memory. */
    void masterBus() {
        set(Bit.BUS_MASTER.mask);
    }

    private static int decodeMask(List<Bar> bars) {
        int mask = 0;
        for (Bar bar : bars) {
            Bit bit = bar.space() == Bar.Space.IO ? Bit.IO_DECODE : Bit.MEMORY_DECODE;
            mask |= bit.mask;
        }
        return mask;
    }

    private void set(int mask) {
        int command = read();
        if ((command & mask) != mask) {
            config.write(Header.COMMAND, command | mask);
        }
    }
}
