package org.jvirtio.net;

/**
 * Fields of a DHCP message (RFC 2131 section 2), big-endian. The options follow at byte 240.
 *
 * @see DhcpOption
 */
enum DhcpField {
    /** 1 from a client, 2 from a server. */
    OP(0, 1),
    HTYPE(1, 1),
    HLEN(2, 1),
    HOPS(3, 1),
    /** Chosen by the client, so that it knows the answers to its own requests. */
    XID(4, 4),
    SECS(8, 2),
    FLAGS(10, 2),
    /** The address the client has. */
    CIADDR(12, 4),
    /** The address the client is given. */
    YIADDR(16, 4),
    SIADDR(20, 4),
    GIADDR(24, 4),
    CHADDR(28, 16),
    SNAME(44, 64),
    FILE(108, 128),
    /** RFC 2131 section 3: 99, 130, 83, 99. */
    COOKIE(236, 4);

    private final int offset;
    private final int width;

    DhcpField(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    int offset() {
        return offset;
    }

    int end() {
        return offset + width;
    }
}
