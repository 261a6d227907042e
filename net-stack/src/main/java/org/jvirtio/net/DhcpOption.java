package org.jvirtio.net;

/** The options of DHCP that are read or written here, with their codes (RFC 2132). */
enum DhcpOption {
    SUBNET_MASK(1),
    ROUTER(3),
    DOMAIN_NAME_SERVER(6),
    REQUESTED_ADDRESS(50),
    LEASE_TIME(51),
    OVERLOAD(52),
    MESSAGE_TYPE(53),
    SERVER_IDENTIFIER(54),
    PARAMETER_REQUEST_LIST(55),
    RENEWAL_TIME(58),
    REBINDING_TIME(59),
    CLIENT_IDENTIFIER(61);

    /** A byte without a length. */
    static final int PAD = 0;

    /** Nothing follows. */
    static final int END = 255;

    private final int code;

    DhcpOption(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
