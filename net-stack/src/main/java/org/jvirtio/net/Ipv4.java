package org.jvirtio.net;

/**
 * Packets of IPv4 (RFC 791, RFC 1122 section 3.2.1) for one host: no forwarding, no options of our
 * own, no fragments either way.
 *
 * <pre>
 *   | version, header length 14 | 15 | total length 16 (2) | identification 18 (2) |
 *   | flags, fragment offset 20 (2) | time to live 22 | protocol 23 | checksum 24 (2) |
 *   | source 26 (4) | destination 30 (4) | options 34 ... | payload |
 * </pre>
 *
 * <p>Offsets are from the frame's first byte. RFC 1122 section 3.3.2 asks of a host to reassemble.
 * This one holds no fragment, whose memory strangers would fill: its reassembly timer is zero, and
 * RFC 792 says what a host does whose timer ran out. It drops, and "may send a time exceeded
 * message" of code 1, unless fragment zero is not at hand. So fragment zero is answered with that,
 * which tells the sender in one round trip; the others are only counted.
 */
final class Ipv4 {

    static final int ICMP = 1;
    static final int UDP = 17;

    /** Where the payload of our own packets begins. */
    static final int PAYLOAD = 34;

    static final int HEADER = 14;
    static final int HEADER_BYTES = 20;
    static final int SOURCE = 26;
    static final int DESTINATION = 30;

    static final int TOTAL_LENGTH = 16;
    private static final int IDENTIFICATION = 18;
    static final int FRAGMENT = 20;
    private static final int TIME_TO_LIVE = 22;
    private static final int PROTOCOL = 23;
    static final int CHECKSUM = 24;

    private static final int VERSION_4 = 4;
    private static final int LEAST_WORDS = 5;
    private static final int OUR_VERSION_AND_LENGTH = VERSION_4 << 4 | LEAST_WORDS;
    private static final int WORD = 4;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1fff;

    /** RFC 1122 section 3.2.1.7: at least as far as the Internet is wide; RFC 1700 says 64. */
    private static final int OUR_TIME_TO_LIVE = 64;

    private final Link link;
    private final Arp arp;
    private final DropCounts drops;
    private final Icmp icmp;
    private final Udp udp;

    /** Null until there is an address. */
    private Ipv4Settings settings;

    Ipv4(Link link, Arp arp, DropCounts drops) {
        this.link = link;
        this.arp = arp;
        this.drops = drops;
        icmp = new Icmp(this, link, drops);
        udp = new Udp(this, link, drops);
    }

    Icmp icmp() {
        return icmp;
    }

    Udp udp() {
        return udp;
    }

    /** Null if there are none. */
    Ipv4Settings settings() {
        return settings;
    }

    /** Begins with other settings, or with none. */
    void use(Ipv4Settings wanted) {
        settings = wanted;
        arp.use(own());
    }

    private int own() {
        return settings == null ? 0 : settings.address().bits();
    }

    /** Bytes of the longest payload. */
    int longestPayload() {
        return link.frameBytes() - PAYLOAD;
    }

    void receive(Frame frame, long now) {
        int room = frame.length() - HEADER;
        if (room < HEADER_BYTES) {
            drops.add(DropReason.IP_SHORT);
            return;
        }
        int first = frame.read8(HEADER);
        int header = (first & 0xf) * WORD;
        if (first >>> 4 != VERSION_4) {
            drops.add(DropReason.IP_VERSION);
        } else if (header < HEADER_BYTES || header > room) {
            drops.add(DropReason.IP_HEADER_LENGTH);
        } else if (!Checksum.isRight(Checksum.add(0, frame, HEADER, header))) {
            drops.add(DropReason.IP_CHECKSUM);
        } else {
            receive(frame, header, room, now);
        }
    }

    /** The header is whole; what follows the total length is padding of Ethernet. */
    private void receive(Frame frame, int header, int room, long now) {
        int total = frame.read16(TOTAL_LENGTH);
        int source = frame.read32(SOURCE);
        int destination = frame.read32(DESTINATION);
        if (total < header || total > room) {
            drops.add(DropReason.IP_TOTAL_LENGTH);
        } else if (!isPossibleSource(source)) {
            drops.add(DropReason.IP_SOURCE);
        } else if (!isOurs(frame, destination)) {
            drops.add(DropReason.IP_NOT_OURS);
        } else if (isFragment(frame)) {
            drops.add(DropReason.IP_FRAGMENT);
            if (fragmentOffset(frame) == 0) {
                icmp.sendError(IcmpError.REASSEMBLY_TIME, frame, header, total, now);
            }
        } else {
            dispatch(frame, header, total, now);
        }
    }

    static int protocol(Frame frame) {
        return frame.read8(PROTOCOL);
    }

    /** Where in its packet a fragment belongs, in units of 8 bytes. */
    static int fragmentOffset(Frame frame) {
        return frame.read16(FRAGMENT) & FRAGMENT_OFFSET;
    }

    /** True if there are no options, and this is all of the packet. */
    static boolean isPlain(Frame frame) {
        return frame.read8(HEADER) == OUR_VERSION_AND_LENGTH && !isFragment(frame);
    }

    private static boolean isFragment(Frame frame) {
        return (frame.read16(FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    }

    /** 0 is a host that asks for an address. Our own would have us answer ourselves. */
    private boolean isPossibleSource(int source) {
        boolean broadcast = settings != null && settings.isBroadcast(source);
        return source == 0 || (Ipv4Address.isHost(source) && source != own() && !broadcast);
    }

    /**
     * Without an address of our own everything that came to our MAC may be: a DHCP server may send
     * to the address that it offers (RFC 2131 section 4.1). A frame for all with a packet for one
     * is discarded (RFC 1122 section 3.3.6).
     */
    private boolean isOurs(Frame frame, int destination) {
        return settings == null
                || settings.isBroadcast(destination)
                || (destination == own() && Ethernet.receiver(frame) == link.mac());
    }

    /** True if a packet was for everybody here. */
    boolean isBroadcast(int destination) {
        return destination == -1 || (settings != null && settings.isBroadcast(destination));
    }

    private void dispatch(Frame frame, int header, int total, long now) {
        int payload = HEADER + header;
        int length = total - header;
        switch (protocol(frame)) {
            case ICMP -> icmp.receive(frame, payload, length, now);
            case UDP -> {
                if (!udp.receive(frame, payload, length)) {
                    icmp.sendError(IcmpError.PORT_UNREACHABLE, frame, header, total, now);
                }
            }
            default -> {
                drops.add(DropReason.IP_PROTOCOL);
                icmp.sendError(IcmpError.PROTOCOL_UNREACHABLE, frame, header, total, now);
            }
        }
    }

    /**
     * Sends the packet whose payload stands in the link's outgoing frame, at {@link #PAYLOAD}: now,
     * or when its next hop has answered.
     */
    void send(int buffer, int protocol, int destination, int payloadBytes, long now) {
        Frame frame = link.outgoing();
        writeHeader(frame, protocol, destination, HEADER_BYTES + payloadBytes);
        int length = PAYLOAD + payloadBytes;
        if (isBroadcast(destination)) {
            sendTo(Ethernet.BROADCAST, buffer, frame, length);
            return;
        }
        int hop = settings == null ? 0 : settings.nextHop(destination);
        if (hop == 0) {
            drops.add(DropReason.NO_ROUTE);
            link.putBack(buffer);
            return;
        }
        long mac = arp.table().find(hop, now);
        if (mac != 0) {
            sendTo(mac, buffer, frame, length);
        } else if (arp.table().park(hop, buffer, length, now)) {
            arp.ask(hop);
        }
    }

    private void sendTo(long receiver, int buffer, Frame frame, int length) {
        Ethernet.write(frame, receiver, link.mac(), Ethernet.TYPE_IPV4);
        link.send(buffer, length);
    }

    private void writeHeader(Frame frame, int protocol, int destination, int total) {
        frame.write8(HEADER, OUR_VERSION_AND_LENGTH);
        frame.write8(HEADER + 1, 0);
        frame.write16(TOTAL_LENGTH, total);
        // RFC 6864 section 4.1: a packet that is never fragmented may have any identification.
        frame.write16(IDENTIFICATION, 0);
        frame.write16(FRAGMENT, DONT_FRAGMENT);
        frame.write8(TIME_TO_LIVE, OUR_TIME_TO_LIVE);
        frame.write8(PROTOCOL, protocol);
        frame.write16(CHECKSUM, 0);
        frame.write32(SOURCE, own());
        frame.write32(DESTINATION, destination);
        int sum = Checksum.add(0, frame, HEADER, HEADER_BYTES);
        frame.write16(CHECKSUM, Checksum.of(sum));
    }
}
