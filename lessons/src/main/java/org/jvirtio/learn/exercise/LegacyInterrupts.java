package org.jvirtio.learn.exercise;

import java.util.Set;

/** Lesson 7: registers of the old layout that move, and one that forgets. */
public interface LegacyInterrupts {

    /** The ports of an old disk, from BAR 0 on. Reading some of them changes something. */
    interface Ports {

        int read8(int offset);

        int read32(int offset);

        /** Whether MSI-X is switched on, as the capability says. */
        boolean msixEnabled();
    }

    /** Why a device interrupted. */
    enum Reason {
        QUEUE,
        CONFIGURATION
    }

    /**
     * Sectors: the first eight bytes of the device configuration.
     *
     * @throws RuntimeException if no two readings agree
     */
    long capacity(Ports ports);

    /** What an interrupt line was about; empty if it was not about this device. */
    Set<Reason> reasons(Ports ports);

    /** Whether a queue has its vector, by what was written and what was read back. */
    boolean hasVector(int written, int readBack);
}
