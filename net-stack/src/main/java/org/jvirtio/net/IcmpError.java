package org.jvirtio.net;

/** The errors that we send (RFC 792, RFC 1122 section 3.2.2). */
enum IcmpError {
    /** RFC 1122 section 3.2.2.1. */
    PROTOCOL_UNREACHABLE(3, 2),
    /** RFC 1122 section 4.1.3.1. */
    PORT_UNREACHABLE(3, 3),
    /** RFC 792, time exceeded: "fragment reassembly time exceeded". */
    REASSEMBLY_TIME(11, 1);

    private final int type;
    private final int code;

    IcmpError(int type, int code) {
        this.type = type;
        this.code = code;
    }

    int type() {
        return type;
    }

    int code() {
        return code;
    }
}
