package org.jvirtio.transport;

import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.PciFunction;

/** What a driver switches in the command register of its function, and only ever switches on. */
final class FunctionCommand {

    private final Registers config;
    private final int decodeMask;

    FunctionCommand(PciFunction function) {
        this.config = function.config();
        this.decodeMask = decodeMask(function.bars());
    }

    int read() {
        return config.read(ConfigRegister.COMMAND);
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
        set(CommandBit.BUS_MASTER.mask());
    }

    private static int decodeMask(List<Bar> bars) {
        int mask = 0;
        for (Bar bar : bars) {
            boolean ports = bar.space() == Bar.Space.IO;
            mask |= (ports ? CommandBit.IO_SPACE : CommandBit.MEMORY_SPACE).mask();
        }
        return mask;
    }

    private void set(int mask) {
        int command = read();
        if ((command & mask) != mask) {
            config.write(ConfigRegister.COMMAND, command | mask);
        }
    }
}
