package org.jvirtio.pci;

import org.jvirtio.Register;

/**
 * A field of the configuration space, where it lies and what it says.
 *
 * @param offset bytes from the start of the configuration space
 * @param meaning its value in words
 */
public record ConfigField(int offset, Register register, String meaning) {

    /** {@code CAP_LEN}. */
    public String name() {
        return register.name();
    }

    /** Bytes. */
    public int width() {
        return register.width();
    }

    public String source() {
        return register.source();
    }
}
