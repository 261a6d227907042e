package org.jvirtio.lab.check;

import org.jvirtio.Registers;

/** What a {@link Liar} does to the accesses of its driver. */
interface Lie {

    /** Changes what a read gives. */
    default int read(Liar liar, Place place, int offset, int width, int value) {
        return value;
    }

    /** Sees a write before the device does; true keeps it from the device. */
    default boolean write(Liar liar, Registers raw, Place place, int offset, int width, int value) {
        return false;
    }

    /** Sees a write after the device did. */
    default void written(Liar liar, Place place, int offset, int value) {}

    /** What is accessed. */
    enum Place {
        /** The common structure; of the register sets, doorbell and ISR too. */
        COMMON,
        DOORBELL,
        ISR,
        CONFIG,
        LEGACY,
        /** Configuration space. */
        PCI
    }
}
