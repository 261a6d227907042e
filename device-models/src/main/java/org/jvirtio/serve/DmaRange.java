package org.jvirtio.serve;

import org.jvirtio.linux.Mapping;
import org.jvirtio.memory.NativeMemory;

/**
 * A range of device addresses that the client gave to the device; addresses are unsigned.
 *
 * @param mapping what is there, or null if the client reads and writes it for the device
 */
record DmaRange(long address, long size, boolean readable, boolean writable, Mapping mapping) {

    /** No addresses. */
    static final DmaRange NONE = new DmaRange(0, 0, false, false, null);

    boolean isMapped() {
        return mapping != null;
    }

    /** True if all of a range lies inside this one. */
    boolean holds(long from, long length) {
        long offset = from - address;
        return Long.compareUnsigned(from, address) >= 0
                && length >= 0
                && Long.compareUnsigned(offset, size) <= 0
                && Long.compareUnsigned(length, size - offset) <= 0;
    }

    NativeMemory slice(long from, long length) {
        return mapping.memory().slice(from - address, length);
    }

    @Override
    public String toString() {
        return String.format("0x%x, 0x%x bytes", address, size);
    }
}
