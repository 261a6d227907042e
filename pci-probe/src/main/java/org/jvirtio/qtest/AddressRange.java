package org.jvirtio.qtest;

import org.jvirtio.EnvironmentException;

/** Addresses of one kind that BARs are put at, from the bottom up. Not thread-safe. */
final class AddressRange {

    private final String name;
    private final long end;
    private long next;

    AddressRange(String name, long start, long end) {
        this.name = name;
        this.next = start;
        this.end = end;
    }

    /** Above the ports of the board. */
    static AddressRange ports() {
        return new AddressRange("I/O ports", 0xc000, 0x1_0000);
    }

    /** Above the memory and its hole, below the I/O APIC. */
    static AddressRange memory() {
        return new AddressRange("memory addresses", 0xe000_0000L, 0xfec0_0000L);
    }

    /** Gives away nothing below the end of these addresses, if they are of this range. */
    void keep(long start, long length) {
        if (start >= next && length > 0 && length <= end - start) {
            next = start + length;
        }
    }

    /**
     * Takes the next {@code length} addresses, aligned to it.
     *
     * @param length a power of two
     */
    long take(long length) {
        long start = (next + length - 1) & -length;
        // 2^63 is negative.
        if (length <= 0 || length > end - start) {
            throw new EnvironmentException(
                    String.format(
                            "giving a BAR 0x%x %s: 0x%x are left. Start QEMU with fewer devices,"
                                    + " or with smaller ones.",
                            length, name, Math.max(0, end - next)));
        }
        next = start + length;
        return start;
    }
}
