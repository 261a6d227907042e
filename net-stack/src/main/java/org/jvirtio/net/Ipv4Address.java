package org.jvirtio.net;

/**
 * An address of IPv4.
 *
 * @param bits the first byte on the wire is the highest
 */
public record Ipv4Address(int bits) {

    /** "This host on this network", before it has an address (RFC 1122 section 3.2.1.3). */
    public static final Ipv4Address NONE = new Ipv4Address(0);

    /** All hosts of the network at hand. */
    public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

    private static final int OCTETS = 4;

    /** Reads four numbers with points, such as {@code 10.0.2.2}. */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        int bits = 0;
        boolean right = parts.length == OCTETS;
        for (int i = 0; right && i < OCTETS; i++) {
            right = parts[i].matches("\\d{1,3}") && Integer.parseInt(parts[i]) < 256;
            bits = right ? bits << 8 | Integer.parseInt(parts[i]) : 0;
        }
        if (!right) {
            throw new IllegalArgumentException(
                    "reading the IPv4 address '"
                            + text
                            + "': it is not four numbers of 0 to 255. Write it as 10.0.2.2.");
        }
        return new Ipv4Address(bits);
    }

    /**
     * True if one host can have it: classes A to C, and neither loopback nor network 0 (RFC 1122
     * section 3.2.1.3).
     */
    public boolean isHost() {
        return isHost(bits);
    }

    static boolean isHost(int bits) {
        int first = bits >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }
}
