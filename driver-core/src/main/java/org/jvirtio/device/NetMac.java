package org.jvirtio.device;

import java.util.concurrent.ThreadLocalRandom;

/**
 * An Ethernet address of 48 bits.
 *
 * @param bits the first byte on the wire is the highest
 */
public record NetMac(long bits) {

    /** Bytes. */
    public static final int BYTES = 6;

    private static final int BITS = Byte.SIZE * BYTES;

    /** In the first byte: the address of many. */
    private static final long GROUP = 0x01_00_00_00_00_00L;

    /** In the first byte: given by whoever runs the machine, not by a maker of cards. */
    private static final long LOCAL = 0x02_00_00_00_00_00L;

    public NetMac {
        if (bits >>> BITS != 0) {
            throw new IllegalArgumentException(
                    String.format("an Ethernet address of 0x%x; it has 48 bits", bits));
        }
    }

    /** An address of one's own, for devices that have none. */
    public static NetMac random() {
        long bits = ThreadLocalRandom.current().nextLong(1L << BITS);
        return new NetMac((bits & ~GROUP) | LOCAL);
    }

    /** True if one station can have it: neither nothing nor an address of many. */
    public boolean isStation() {
        return bits != 0 && (bits & GROUP) == 0;
    }

    /** Byte {@code index} on the wire, 0 to 255. */
    public int octet(int index) {
        return (int) (bits >>> (BITS - Byte.SIZE * (index + 1))) & 0xff;
    }

    @Override
    public String toString() {
        return String.format(
                "%02x:%02x:%02x:%02x:%02x:%02x",
                octet(0), octet(1), octet(2), octet(3), octet(4), octet(5));
    }
}
