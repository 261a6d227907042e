package org.jvirtio.transport;

import org.jvirtio.Register;
import org.jvirtio.Registers;

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

    FunctionCommand(Registers config) {
        this.config = config;
    }

    int read() {
        return config.read(Header.COMMAND);
    }

    /**
     * Lets the function answer at its BARs. Both kinds, whatever the layout: registers may be
     * behind ports while the MSI-X table is in memory.
     */
    void decodeBars() {
        set(Bit.IO_DECODE.mask | Bit.MEMORY_DECODE.mask);
    }

    /** Lets the function reach memory. */
    void masterBus() {
        set(Bit.BUS_MASTER.mask);
    }

    private void set(int mask) {
        int command = read();
        if ((command & mask) != mask) {
            config.write(Header.COMMAND, command | mask);
        }
    }
}
