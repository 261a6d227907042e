package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jvirtio.net.Frame;
import org.jvirtio.page.ByteDump;
import org.jvirtio.page.ByteField;
import org.jvirtio.page.ByteGroup;

/**
 * A frame as it went over the wire, without the header of virtio (IEEE 802.3; RFC 826, 791, 792).
 *
 * <pre>
 *   0   Ethernet   destination 6 | source 6 | type 2
 *   14  ARP        ... operation 2 | sender 6 + 4 | target 6 + 4
 *   14  IPv4       ... protocol 1 | checksum 2 | source 4 | destination 4
 *   34             ICMP   type 1 | code 1 | checksum 2 | identifier 2 | sequence 2
 *   42                    data
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // Shown, and never compared.
record SeenFrame(boolean sent, byte[] bytes) {

    private static final int SOURCE = 6;
    private static final int MAC_BYTES = 6;
    private static final int TYPE = 12;
    private static final int TYPE_ARP = 0x0806;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int PAYLOAD = 14;
    private static final int ARP_BYTES = 28;
    private static final int ARP_OPERATION = 20;
    private static final int ARP_SENDER_MAC = 22;
    private static final int ARP_SENDER_IP = 28;
    private static final int ARP_TARGET_IP = 38;
    private static final int IPV4_WITHOUT_OPTIONS = 0x45;
    private static final int IP_PROTOCOL = 23;
    private static final int PROTOCOL_ICMP = 1;
    private static final int IP_SOURCE = 26;
    private static final int IP_DESTINATION = 30;
    private static final int ICMP = 34;
    private static final int ICMP_DATA = 42;
    private static final int ECHO_REQUEST = 8;

    private static final HexFormat MAC = HexFormat.ofDelimiter(":");

    /** Copies a frame; {@code mac} is ours, and tells which way it goes. */
    static SeenFrame of(Frame frame, int length, long mac) {
        byte[] bytes = new byte[length];
        frame.copyTo(0, bytes, 0, length);
        long source = 0;
        for (int i = SOURCE; i < SOURCE + MAC_BYTES; i++) {
            source = source << 8 | (bytes[i] & 0xff);
        }
        return new SeenFrame(source == mac, bytes);
    }

    /** A network may say other things in between. */
    boolean isOfAPing() {
        return bytes.length >= ICMP_DATA && (isArp() || isIcmp());
    }

    private boolean isIcmp() {
        return int16(TYPE) == TYPE_IPV4
                && bytes[PAYLOAD] == IPV4_WITHOUT_OPTIONS
                && bytes[IP_PROTOCOL] == PROTOCOL_ICMP;
    }

    private boolean isArp() {
        return int16(TYPE) == TYPE_ARP;
    }

    @Override
    public String toString() {
        return String.format(
                "%-8s  %2d bytes  %s",
                sent ? "sent" : "received", bytes.length, isArp() ? arp() : icmp());
    }

    private String arp() {
        return int16(ARP_OPERATION) == 1
                ? "ARP: who has " + address(ARP_TARGET_IP) + "? tell " + address(ARP_SENDER_IP)
                : "ARP: " + address(ARP_SENDER_IP) + " is at " + mac(ARP_SENDER_MAC);
    }

    private String icmp() {
        String kind = bytes[ICMP] == ECHO_REQUEST ? "echo request" : "echo reply";
        return "ICMP: " + kind + ", " + address(IP_SOURCE) + " to " + address(IP_DESTINATION);
    }

    /** The protocols inside each other, one colour each. */
    ByteDump dump() {
        List<ByteGroup> groups = new ArrayList<>();
        groups.add(
                group(
                        "Ethernet",
                        0,
                        PAYLOAD,
                        "to " + mac(0) + " from " + mac(SOURCE) + "",
                        "IEEE 802.3 section 3.1.1"));
        if (isArp()) {
            groups.add(group("ARP", PAYLOAD, ARP_BYTES, arp(), "RFC 826"));
        } else {
            String way = address(IP_SOURCE) + " to " + address(IP_DESTINATION);
            groups.add(group("IPv4", PAYLOAD, ICMP - PAYLOAD, way, "RFC 791"));
            groups.add(group("ICMP", ICMP, ICMP_DATA - ICMP, icmp(), "RFC 792"));
            int data = Math.max(1, bytes.length - ICMP_DATA);
            groups.add(group("data", ICMP_DATA, data, "comes back as it went", "RFC 792"));
        }
        return new ByteDump(bytes.length, at -> bytes[at] & 0xff, groups);
    }

    private static ByteGroup group(
            String name, int begin, int length, String meaning, String source) {
        ByteField field = new ByteField(begin, length, name, meaning, source);
        return new ByteGroup(name, begin, length, List.of(field));
    }

    private int int16(int offset) {
        return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
    }

    private String mac(int offset) {
        return MAC.formatHex(bytes, offset, offset + MAC_BYTES);
    }

    private String address(int offset) {
        return String.format(
                "%d.%d.%d.%d",
                bytes[offset] & 0xff,
                bytes[offset + 1] & 0xff,
                bytes[offset + 2] & 0xff,
                bytes[offset + 3] & 0xff);
    }
}
