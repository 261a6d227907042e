package org.jvirtio.net;

/** Why a frame, or an answer to one, was dropped; each is counted by {@link DropCounts}. */
public enum DropReason {
    RUNT("shorter than the header of Ethernet"),
    NOT_OUR_MAC("its receiver is another station, or a group that nobody joined"),
    SENT_BY_A_GROUP("its sender's address cannot be that of one station"),
    UNKNOWN_TYPE("its type is neither IPv4 nor ARP"),

    ARP_SHORT("an ARP packet with fewer than 28 bytes"),
    ARP_OTHER_PROTOCOL("ARP for something else than IPv4 over Ethernet (RFC 826)"),
    ARP_SENDER("an ARP packet whose sender is no station, or no address of one"),
    ARP_CONFLICT("an ARP packet whose sender claims our own address (RFC 5227)"),
    ARP_NOT_ASKED("an ARP packet that is neither for us nor about an address in the table"),

    IP_SHORT("shorter than the header of IPv4"),
    IP_VERSION("the version is not 4 (RFC 1122 section 3.2.1.1)"),
    IP_HEADER_LENGTH("the header length is below 5, or beyond the packet"),
    IP_TOTAL_LENGTH("the total length is below the header's, or beyond the frame"),
    IP_CHECKSUM("the header's checksum is wrong (RFC 1122 section 3.2.1.2)"),
    IP_SOURCE("the source is a group, loopback, or our own address (RFC 1122 section 3.2.1.3)"),
    IP_NOT_OURS("the destination is not ours (RFC 1122 section 3.2.1.3)"),
    IP_FRAGMENT("a fragment; nothing is reassembled here"),
    IP_PROTOCOL("the protocol is neither ICMP nor UDP"),

    ICMP_SHORT("an ICMP message with fewer than 8 bytes"),
    ICMP_CHECKSUM("the ICMP checksum is wrong"),
    ICMP_TO_MANY("an echo request to a broadcast address (RFC 1122 section 3.2.2.6)"),
    ICMP_TYPE("an ICMP type that is not handled (RFC 1122 section 3.2.2)"),
    ICMP_NOT_ASKED("an echo reply to no request of ours"),

    UDP_SHORT("a UDP datagram with fewer than 8 bytes"),
    UDP_LENGTH("the UDP length is below 8, or beyond the packet"),
    UDP_CHECKSUM("the UDP checksum is wrong (RFC 1122 section 4.1.3.4)"),
    UDP_NO_PORT("no port of that number is open"),

    DHCP_MALFORMED("a DHCP message that is too short, has no cookie, or options past its end"),
    DHCP_NOT_OURS("a DHCP message of another exchange, or one that the state does not expect"),
    DHCP_UNUSABLE("a DHCP offer whose address, mask, server or time cannot be used"),

    NO_BUFFER("every transmit buffer is in use"),
    NO_ROUTE("no address or router of ours leads to the destination"),
    UNRESOLVED("nobody answered ARP for the next hop (RFC 1122 section 2.3.2.2)"),
    TOO_LONG("the answer would be longer than a frame"),
    ERROR_LIMIT("an ICMP error was due, and too many were sent of late");

    private final String meaning;

    DropReason(String meaning) {
        this.meaning = meaning;
    }

    /** What was found, for messages. */
    public String meaning() {
        return meaning;
    }
}
