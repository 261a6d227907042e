package org.jvirtio.net;

/** States of a DHCP client (RFC 2131 section 4.4, figure 5). */
public enum DhcpState {
    INIT,
    SELECTING,
    REQUESTING,
    BOUND,
    RENEWING,
    REBINDING;

    /** True if there is an address that may be used. */
    public boolean hasAddress() {
        return this == BOUND || this == RENEWING || this == REBINDING;
    }
}
