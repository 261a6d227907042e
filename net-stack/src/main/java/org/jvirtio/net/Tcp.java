package org.jvirtio.net;

/**
 * Segments of TCP (RFC 9293 section 3.1) in packets of IPv4 without options, as far as somebody
 * looks at them who carries them and has no connection.
 *
 * <pre>
 *   | ports 34 (4) | sequence number 38 (4) | acknowledgment number 42 (4) | data offset 46
 *   | flags 47 | window 48 (2) | checksum 50 (2) | urgent pointer 52 (2) | options 54 ... | data |
 * </pre>
 *
 * <p>Offsets are from the frame's first byte.
 */
final class Tcp {

    private static final int PROTOCOL = 6;

    private static final int HEADER = Ipv4.PAYLOAD;
    private static final int SEQUENCE = 38;
    private static final int ACKNOWLEDGMENT = 42;
    private static final int DATA_OFFSET = 46;
    private static final int FLAGS = 47;
    private static final int WINDOW = 48;
    private static final int CHECKSUM = 50;
    private static final int URGENT = 52;

    private static final int HEADER_BYTES = 20;
    private static final int WORD = 4;

    private static final int ACK = 0x10;
    private static final int PSH = 0x08;

    private Tcp() {}

    /**
     * Where the data begins of a segment that only brings data, and is whole: its lengths fit into
     * each other and into the frame, both checksums are right, and of all flags it has ACK, and PSH
     * at most.
     *
     * @return 0 for every other frame
     */
    static int data(Frame frame) {
        int room = frame.length() - Ipv4.HEADER;
        if (room < Ipv4.HEADER_BYTES + HEADER_BYTES
                || Ethernet.type(frame) != Ethernet.TYPE_IPV4
                || !Ipv4.isPlain(frame)
                || Ipv4.protocol(frame) != PROTOCOL
                || (frame.read8(FLAGS) | PSH) != (ACK | PSH)) {
            return 0;
        }
        int end = end(frame);
        int data = HEADER + (frame.read8(DATA_OFFSET) >>> 4) * WORD;
        boolean fits = data >= HEADER + HEADER_BYTES && data < end && end <= frame.length();
        return fits && areChecksumsRight(frame, end) ? data : 0;
    }

    /** Where its packet ends; what follows is padding of Ethernet. */
    static int end(Frame frame) {
        return Ipv4.HEADER + frame.read16(Ipv4.TOTAL_LENGTH);
    }

    static int sequence(Frame frame) {
        return frame.read32(SEQUENCE);
    }

    /** Says that the sender has no more to say for now. */
    static boolean isPushed(Frame frame) {
        return (frame.read8(FLAGS) & PSH) != 0;
    }

    static void push(Frame frame) {
        frame.write8(FLAGS, frame.read8(FLAGS) | PSH);
    }

    /**
     * True if the headers of two {@link #data} segments say the same but for what each packet has
     * of its own: lengths, identification, sequence number, PSH, checksums.
     *
     * @param data where it begins in both
     */
    static boolean areAlike(Frame one, Frame other, int data) {
        return areEqual(one, other, 0, Ipv4.TOTAL_LENGTH)
                && areEqual(one, other, Ipv4.FRAGMENT, Ipv4.CHECKSUM)
                && areEqual(one, other, Ipv4.SOURCE, SEQUENCE)
                && areEqual(one, other, ACKNOWLEDGMENT, FLAGS)
                && areEqual(one, other, WINDOW, CHECKSUM)
                && areEqual(one, other, URGENT, data);
    }

    /**
     * Gives a packet another end. The checksum of TCP is left to the receiver, with the sum of the
     * pseudo header in its place.
     */
    static void setEnd(Frame frame, int end) {
        frame.write16(Ipv4.TOTAL_LENGTH, end - Ipv4.HEADER);
        frame.write16(Ipv4.CHECKSUM, 0);
        int sum = Checksum.add(0, frame, Ipv4.HEADER, Ipv4.HEADER_BYTES);
        frame.write16(Ipv4.CHECKSUM, Checksum.of(sum));
        frame.write16(CHECKSUM, pseudoHeaderSum(frame, end - HEADER));
    }

    private static boolean areChecksumsRight(Frame frame, int end) {
        int bytes = end - HEADER;
        int sum = Checksum.add(pseudoHeaderSum(frame, bytes), frame, HEADER, bytes);
        return Checksum.isRight(sum)
                && Checksum.isRight(Checksum.add(0, frame, Ipv4.HEADER, Ipv4.HEADER_BYTES));
    }

    /** Over both addresses, the protocol, and the bytes of header and data together. */
    private static int pseudoHeaderSum(Frame frame, int bytes) {
        int addresses = Checksum.add(0, frame, Ipv4.SOURCE, 2 * WORD);
        return Checksum.add(addresses, PROTOCOL + bytes);
    }

    private static boolean areEqual(Frame one, Frame other, int from, int to) {
        for (int at = from; at < to; at++) {
            if (one.read8(at) != other.read8(at)) {
                return false;
            }
        }
        return true;
    }
}
