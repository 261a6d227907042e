package org.jvirtio.model;

import java.util.Optional;

/**
 * The TCP or UDP packet over IPv4 in a frame, as far as a device looks: where its parts lie.
 *
 * <pre>
 *   Ethernet (14, or 18 with a VLAN tag) | IPv4 | TCP or UDP ... end | padding
 * </pre>
 */
final class NetPacket {

    private static final int TYPE = 12;
    private static final int IPV4 = 0x0800;
    private static final int TAGGED = 0x8100;
    private static final int IPV4_HEADER = 20;
    private static final int FRAGMENT_MASK = 0x3fff;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int PORTS = 4;

    private final byte[] frame;
    private final int ip;
    private final int transport;
    private final int end;
    private final int checksumOffset;

    private NetPacket(byte[] frame, int ip, int transport, int end, int checksumOffset) {
        this.frame = frame;
        this.ip = ip;
        this.transport = transport;
        this.end = end;
        this.checksumOffset = checksumOffset;
    }

    /** Empty if there is none, or only a fragment, or none that can be believed. */
    static Optional<NetPacket> in(byte[] frame) {
        int type = frame.length > TYPE + 5 && read16(frame, TYPE) == TAGGED ? TYPE + 4 : TYPE;
        int ip = type + 2;
        if (frame.length < ip + IPV4_HEADER || read16(frame, type) != IPV4) {
            return Optional.empty();
        }
        int header = (frame[ip] & 0xf) * 4;
        int transport = ip + header;
        int end = ip + read16(frame, ip + 2);
        boolean whole = (read16(frame, ip + 6) & FRAGMENT_MASK) == 0;
        int checksum = checksumOffset(frame[ip + PROTOCOL]);
        boolean sound =
                (frame[ip] & 0xf0) == 0x40
                        && header >= IPV4_HEADER
                        && end <= frame.length
                        && transport + checksum + 2 <= end;
        return whole && sound && checksum > 0
                ? Optional.of(new NetPacket(frame, ip, transport, end, checksum))
                : Optional.empty();
    }

    private static int checksumOffset(int protocol) {
        return switch (protocol) {
            case TCP -> 16;
            case UDP -> 6;
            default -> 0;
        };
    }

    /** Where TCP or UDP starts. */
    int transport() {
        return transport;
    }

    /** Where the checksum is, counted from there. */
    int checksumOffset() {
        return checksumOffset;
    }

    /** The same for both directions of a flow. */
    int flow() {
        int hash = frame[ip + PROTOCOL];
        for (int i = 0; i < 4; i += 2) {
            hash = hash * 31 + (word(ip + SOURCE + i) ^ word(ip + SOURCE + 4 + i));
        }
        return hash * 31 + (word(transport) ^ word(transport + PORTS / 2));
    }

    /** True if the checksum is that of the packet; UDP may have none. */
    boolean isVerified() {
        boolean absent = checksumOffset == 6 && word(transport + checksumOffset) == 0;
        return !absent && NetChecksum.fold(pseudoHeader() + sum()) == 0xffff;
    }

    /** Puts the sum of the pseudo header in place of the checksum, for somebody else to go on. */
    void leaveOpen() {
        int sum = NetChecksum.fold(pseudoHeader());
        frame[transport + checksumOffset] = (byte) (sum >> Byte.SIZE);
        frame[transport + checksumOffset + 1] = (byte) sum;
    }

    private long sum() {
        return NetChecksum.sum(frame, transport, end);
    }

    private long pseudoHeader() {
        return NetChecksum.sum(frame, ip + SOURCE, ip + SOURCE + 8)
                + frame[ip + PROTOCOL]
                + (end - transport);
    }

    private int word(int at) {
        return read16(frame, at);
    }

    private static int read16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff);
    }
}
