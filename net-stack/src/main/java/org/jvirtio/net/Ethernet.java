package org.jvirtio.net;

/**
 * The header of Ethernet II (RFC 894).
 *
 * <pre>
 *   | receiver 0 (6) | sender 6 (6) | type 12 (2) | payload 14 ... |
 * </pre>
 *
 * <p>Frames are not padded to 60 bytes, and a check sequence they do not have: a virtual wire needs
 * neither.
 */
final class Ethernet {

    static final int PAYLOAD = 14;

    static final long BROADCAST = 0xff_ff_ff_ff_ff_ffL;

    static final int TYPE_IPV4 = 0x0800;
    static final int TYPE_ARP = 0x0806;

    /** Lowest bit of the first byte: the address of many. */
    private static final long GROUP = 0x01_00_00_00_00_00L;

    private static final int RECEIVER = 0;
    private static final int SENDER = 6;
    private static final int TYPE = 12;

    private Ethernet() {}

    static long receiver(Frame frame) {
        return frame.read48(RECEIVER);
    }

    static long sender(Frame frame) {
        return frame.read48(SENDER);
    }

    static int type(Frame frame) {
        return frame.read16(TYPE);
    }

    /** True if one station can have the address. */
    static boolean isStation(long mac) {
        return mac != 0 && (mac & GROUP) == 0;
    }

    static void write(Frame frame, long receiver, long sender, int type) {
        frame.write48(RECEIVER, receiver);
        frame.write48(SENDER, sender);
        frame.write16(TYPE, type);
    }
}
