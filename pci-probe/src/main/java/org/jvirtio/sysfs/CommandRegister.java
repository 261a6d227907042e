package org.jvirtio.sysfs;

import org.jvirtio.Registers;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;

/**
 * The command register of a function that is driven: whether it answers at its BARs, and whether it
 * may reach memory. Nothing is written before the first of these is asked for, and {@link #restore}
 * leaves what was found, except for bus mastering, which it takes away.
 */
public final class CommandRegister {

    private static final int DECODE = CommandBit.IO_SPACE.mask() | CommandBit.MEMORY_SPACE.mask();

    private final Registers config;
    private final int found;
    private boolean changed;

    /** Notes what is found, before a driver can write to the same register by itself. */
    public CommandRegister(Registers config) {
        this.config = config;
        this.found = config.read(ConfigRegister.COMMAND);
    }

    /** Lets the function answer at its BARs. */
    public void decodeBars() {
        set(DECODE);
    }

    /**
     * Lets the function reach memory: once its driver asks for memory, and so after its reset. A
     * function that an earlier process left running cannot write to its old buffers before that.
     */
    public void masterBus() {
        set(CommandBit.BUS_MASTER.mask());
    }

    /** Takes bus mastering away, at once. */
    public void stopBusMaster() {
        if (changed) {
            clearBusMaster(config.read(ConfigRegister.COMMAND));
        }
    }

    /** Puts back what was found. */
    public void restore() {
        if (changed) {
            clearBusMaster(found);
            changed = false;
        }
    }

    private void clearBusMaster(int command) {
        config.write(ConfigRegister.COMMAND, command & ~CommandBit.BUS_MASTER.mask());
    }

    private void set(int mask) {
        changed = true;
        int command = config.read(ConfigRegister.COMMAND);
        if ((command & mask) != mask) {
            config.write(ConfigRegister.COMMAND, command | mask);
        }
    }
}
