package org.jvirtio.pci;

import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * The first four bytes of a capability, read at once: id, next pointer, and the two that say what
 * the rest is. How many bytes there are to copy follows from them.
 */
record CapabilityHead(int configOffset, int word) {

    static final int LENGTH = 4;

    static CapabilityHead read(Registers config, int configOffset) {
        return new CapabilityHead(configOffset, config.read32(configOffset));
    }

    /** A field that lies within the four bytes. */
    int read(Register field) {
        return (word >>> (8 * field.offset())) & ((1 << (8 * field.width())) - 1);
    }
}
