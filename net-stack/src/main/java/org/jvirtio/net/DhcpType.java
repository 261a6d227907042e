package org.jvirtio.net;

/** The message types of DHCP that a client sends or hears (RFC 2132 section 9.6). */
enum DhcpType {
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    ACK(5),
    NAK(6);

    private final int code;

    DhcpType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
