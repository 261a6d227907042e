package org.jvirtio.linux;

import org.jvirtio.Register;

/**
 * {@code struct ifreq} (netdevice(7)), 40 bytes: the name of an interface, then what is asked or
 * told, which lies at the same place whatever it is.
 */
enum IfReq implements Register {
    NAME(0, 16),
    /** {@code ifr_flags}. */
    FLAGS(16, 2),
    /** {@code ifr_mtu}. */
    MTU(16, 4),
    /** {@code ifr_addr} and {@code ifr_netmask}: a {@code struct sockaddr_in}. */
    ADDRESS(16, 16),
    /** {@code ifr_hwaddr}: a {@code struct sockaddr}. */
    HARDWARE(16, 16);

    static final int LENGTH = 40;

    /** Of a name, with the zero at its end: IFNAMSIZ. */
    static final int LONGEST_NAME = 15;

    private final int offset;
    private final int width;

    IfReq(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "netdevice(7)";
    }
}
