package org.jvirtio.net;

import java.util.ArrayList;
import java.util.List;

/**
 * Echo both ways and the errors of {@link IcmpError} (RFC 792, RFC 1122 section 3.2.2).
 *
 * <pre>
 *   | type 0 | code 1 | checksum 2 (2) | identifier 4 (2) | sequence number 6 (2) | data 8 ... |
 * </pre>
 *
 * <p>Offsets are from the message's first byte.
 */
final class Icmp {

    static final int HEADER_BYTES = 8;

    /** Outstanding at once; a further one takes the place of the oldest. */
    private static final int MOST_PINGS = 16;

    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REQUEST = 8;

    private static final int CODE = 1;
    private static final int CHECKSUM = 2;
    private static final int UNUSED = 4;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;

    /** RFC 1122 section 3.2.2: the header and at least 8 bytes of what caused the error. */
    private static final int QUOTED = 8;

    /** Types below 19 that are no errors, a bit each (RFC 1122 section 3.2.2). */
    private static final int QUERIES = 1 << 0 | 1 << 8 | 1 << 13 | 1 << 14 | 0xf << 15;

    private final Ipv4 ipv4;
    private final Link link;
    private final DropCounts drops;
    private final RateLimit errors = new RateLimit();
    private final List<Ping> pings = new ArrayList<>(MOST_PINGS);

    Icmp(Ipv4 ipv4, Link link, DropCounts drops) {
        this.ipv4 = ipv4;
        this.link = link;
        this.drops = drops;
    }

    void receive(Frame frame, int at, int length, long now) {
        if (length < HEADER_BYTES) {
            drops.add(DropReason.ICMP_SHORT);
        } else if (!Checksum.isRight(Checksum.add(0, frame, at, length))) {
            drops.add(DropReason.ICMP_CHECKSUM);
        } else {
            switch (frame.read8(at)) {
                case ECHO_REQUEST -> answer(frame, at, length, now);
                case ECHO_REPLY -> match(frame, at, length, now);
                default -> drops.add(DropReason.ICMP_TYPE);
            }
        }
    }

    /**
     * RFC 1122 section 3.2.2.6: "data received in an ICMP Echo Request MUST be entirely included".
     */
    private void answer(Frame frame, int at, int length, long now) {
        int source = frame.read32(Ipv4.SOURCE);
        if (ipv4.settings() == null || ipv4.isBroadcast(frame.read32(Ipv4.DESTINATION))) {
            drops.add(DropReason.ICMP_TO_MANY);
        } else if (length > ipv4.longestPayload()) {
            drops.add(DropReason.TOO_LONG);
        } else if (!Ipv4Address.isHost(source)) {
            drops.add(DropReason.IP_SOURCE);
        } else {
            int buffer = link.take();
            if (buffer != Link.NONE) {
                link.outgoing().copyFrom(Ipv4.PAYLOAD, frame, at, length);
                finish(buffer, ECHO_REPLY, frame.read8(at + CODE), source, length, now);
            }
        }
    }

    private void match(Frame frame, int at, int length, long now) {
        int source = frame.read32(Ipv4.SOURCE);
        int identifier = frame.read16(at + IDENTIFIER);
        int sequence = frame.read16(at + SEQUENCE);
        for (int i = 0; i < pings.size(); i++) {
            Ping ping = pings.get(i);
            if (ping.isAnswer(source, identifier, sequence)
                    && ping.isSameData(frame, at + HEADER_BYTES, length - HEADER_BYTES)) {
                ping.answered(now);
                pings.remove(i);
                return;
            }
        }
        drops.add(DropReason.ICMP_NOT_ASKED);
    }

    /** Sends an echo request; the ping knows when it was answered. */
    void send(Ping ping, long now) {
        int buffer = link.take();
        if (buffer == Link.NONE) {
            return;
        }
        Frame frame = link.outgoing();
        frame.write16(Ipv4.PAYLOAD + IDENTIFIER, ping.identifier());
        frame.write16(Ipv4.PAYLOAD + SEQUENCE, ping.sequence());
        ping.writeData(frame, Ipv4.PAYLOAD + HEADER_BYTES);
        if (pings.size() == MOST_PINGS) {
            pings.remove(0);
        }
        pings.add(ping);
        ping.sent(now);
        int length = HEADER_BYTES + ping.dataBytes();
        finish(buffer, ECHO_REQUEST, 0, ping.destination().bits(), length, now);
    }

    /**
     * Tells the sender of a packet that nothing came of it, unless RFC 1122 section 3.2.2 forbids:
     * never about an ICMP error, a packet to many, a fragment other than the first, or one whose
     * source is not one host.
     *
     * @param header bytes of the packet's header
     * @param total bytes of the packet
     */
    void sendError(IcmpError error, Frame frame, int header, int total, long now) {
        int source = frame.read32(Ipv4.SOURCE);
        if (!mayBeTold(frame, header, total) || !Ipv4Address.isHost(source)) {
            return;
        }
        int quoted = Math.min(total, header + QUOTED);
        if (HEADER_BYTES + quoted > ipv4.longestPayload()) {
            drops.add(DropReason.TOO_LONG);
        } else if (!errors.allows(now)) {
            drops.add(DropReason.ERROR_LIMIT);
        } else {
            quote(frame, quoted, error, source, now);
        }
    }

    private void quote(Frame frame, int quoted, IcmpError error, int source, long now) {
        int buffer = link.take();
        if (buffer != Link.NONE) {
            link.outgoing().write32(Ipv4.PAYLOAD + UNUSED, 0);
            int data = Ipv4.PAYLOAD + HEADER_BYTES;
            link.outgoing().copyFrom(data, frame, Ipv4.HEADER, quoted);
            finish(buffer, error.type(), error.code(), source, HEADER_BYTES + quoted, now);
        }
    }

    private boolean mayBeTold(Frame frame, int header, int total) {
        if (ipv4.settings() == null
                || Ethernet.receiver(frame) != link.mac()
                || ipv4.isBroadcast(frame.read32(Ipv4.DESTINATION))
                || Ipv4.fragmentOffset(frame) != 0) {
            return false;
        }
        return Ipv4.protocol(frame) != Ipv4.ICMP
                || (total > header && isQuery(frame.read8(Ipv4.HEADER + header)));
    }

    private static boolean isQuery(int type) {
        return type < Integer.SIZE && (QUERIES >>> type & 1) != 0;
    }

    private void finish(int buffer, int type, int code, int destination, int length, long now) {
        Frame frame = link.outgoing();
        frame.write8(Ipv4.PAYLOAD, type);
        frame.write8(Ipv4.PAYLOAD + CODE, code);
        frame.write16(Ipv4.PAYLOAD + CHECKSUM, 0);
        int sum = Checksum.add(0, frame, Ipv4.PAYLOAD, length);
        frame.write16(Ipv4.PAYLOAD + CHECKSUM, Checksum.of(sum));
        ipv4.send(buffer, Ipv4.ICMP, destination, length, now);
    }
}
