package org.jvirtio.net;

/**
 * The header of TCP (RFC 9293 section 3.1) behind one of IPv4 without options, as far as somebody
 * looks at it who carries segments and has no connection.
 *
 * <pre>
 *   | ports 34 (4) | sequence number 38 (4) | acknowledgment number 42 (4) | data offset 46
 *   | flags 47 | window 48 (2) | checksum 50 (2) | urgent pointer 52 (2) | options 54 ... |
 * </pre>
 */
final class Tcp {

    /** The protocol's number in IPv4. */
    static final int PROTOCOL = 6;

    static final int HEADER = Ipv4.PAYLOAD;
    static final int SEQUENCE = 38;
    static final int FLAGS = 47;
    static final int CHECKSUM = 50;

    static final int ACK = 0x10;
    static final int PSH = 0x08;

    private static final int DATA_OFFSET = 46;
    private static final int HEADER_BYTES = 20;
    private static final int WORD = 4;

    private Tcp() {}

    /**
     * Bytes of the header of a segment in an IPv4 packet of {@code total} bytes; 0 if it does not
     * fit in there.
     */
    static int headerBytes(Frame frame, int total) {
        if (total < Ipv4.HEADER_BYTES + HEADER_BYTES) {
            return 0;
        }
        int bytes = (frame.read8(DATA_OFFSET) >>> 4) * WORD;
        return bytes >= HEADER_BYTES && Ipv4.HEADER_BYTES + bytes <= total ? bytes : 0;
    }

    /**
     * The sum over the pseudo header (RFC 9293 section 3.1): both addresses, the protocol, and the
     * bytes of header and payload together.
     */
    static int pseudoHeaderSum(Frame frame, int bytes) {
        int addresses = Checksum.add(0, frame, Ipv4.SOURCE, 2 * WORD);
        return Checksum.add(addresses, PROTOCOL + bytes);
    }
}
