package org.jvirtio.net;

/**
 * Finds the Ethernet address of a host of the network, and tells ours (RFC 826, RFC 1122 section
 * 2.3.2).
 *
 * <pre>
 *   | hardware 14 (2) | protocol 16 (2) | lengths 18, 19 (1, 1) | operation 20 (2) |
 *   | sender 22 (6) | its IPv4 address 28 (4) | target 32 (6) | its IPv4 address 38 (4) |
 * </pre>
 *
 * <p>Offsets are from the frame's first byte.
 */
final class Arp {

    private static final int ETHERNET = 1;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private static final int HARDWARE = 14;
    private static final int PROTOCOL = 16;
    private static final int LENGTHS = 18;
    private static final int OPERATION = 20;
    private static final int SENDER_MAC = 22;
    private static final int SENDER_IP = 28;
    private static final int TARGET_MAC = 32;
    private static final int TARGET_IP = 38;
    private static final int FRAME_BYTES = 42;

    /** 6 bytes of Ethernet address, 4 of IPv4's. */
    private static final int OUR_LENGTHS = 0x0604;

    private final Link link;
    private final DropCounts drops;
    private final ArpTable table;

    /** Our IPv4 address; 0 while there is none. */
    private int own;

    Arp(Link link, DropCounts drops) {
        this.link = link;
        this.drops = drops;
        table = new ArpTable(link, drops);
    }

    ArpTable table() {
        return table;
    }

    /** Begins with another address of ours, 0 for none: what was learned was of another network. */
    void use(int address) {
        own = address;
        table.clear();
    }

    /** The packet reception of RFC 826, in its words and order. */
    void receive(Frame frame, long now) {
        if (frame.length() < FRAME_BYTES) {
            drops.add(DropReason.ARP_SHORT);
        } else if (frame.read16(HARDWARE) != ETHERNET
                || frame.read16(PROTOCOL) != Ethernet.TYPE_IPV4
                || frame.read16(LENGTHS) != OUR_LENGTHS) {
            drops.add(DropReason.ARP_OTHER_PROTOCOL);
        } else {
            receive(frame, frame.read48(SENDER_MAC), frame.read32(SENDER_IP), now);
        }
    }

    private void receive(Frame frame, long mac, int address, long now) {
        // 0 is a probe (RFC 5227 section 1.1): answered, but nothing to be learned.
        if (!Ethernet.isStation(mac) || !(address == 0 || Ipv4Address.isHost(address))) {
            drops.add(DropReason.ARP_SENDER);
            return;
        }
        if (own == 0) {
            drops.add(DropReason.ARP_NOT_ASKED);
            return;
        }
        if (address == own) {
            drops.add(DropReason.ARP_CONFLICT);
            return;
        }
        boolean merged = table.merge(address, mac, now);
        boolean forUs = frame.read32(TARGET_IP) == own;
        if (!merged && !forUs) {
            drops.add(DropReason.ARP_NOT_ASKED);
        } else if (forUs && frame.read16(OPERATION) == REQUEST) {
            if (!merged && address != 0) {
                table.learn(address, mac, now);
            }
            send(REPLY, mac, mac, address);
        }
    }

    /**
     * Asks everybody for an address; the caller sees to it that nobody is asked more than once a
     * second (RFC 1122 section 2.3.2.1).
     */
    void ask(int address) {
        send(REQUEST, Ethernet.BROADCAST, 0, address);
    }

    private void send(int operation, long receiver, long target, int address) {
        int buffer = link.take();
        if (buffer == Link.NONE) {
            return;
        }
        Frame frame = link.outgoing();
        Ethernet.write(frame, receiver, link.mac(), Ethernet.TYPE_ARP);
        frame.write16(HARDWARE, ETHERNET);
        frame.write16(PROTOCOL, Ethernet.TYPE_IPV4);
        frame.write16(LENGTHS, OUR_LENGTHS);
        frame.write16(OPERATION, operation);
        frame.write48(SENDER_MAC, link.mac());
        frame.write32(SENDER_IP, own);
        frame.write48(TARGET_MAC, target);
        frame.write32(TARGET_IP, address);
        link.send(buffer, FRAME_BYTES);
    }
}
