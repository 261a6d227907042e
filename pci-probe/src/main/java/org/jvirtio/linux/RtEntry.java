package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct rtentry} (Linux include/uapi/linux/route.h) on 64-bit machines, 120 bytes. */
enum RtEntry implements Register {
    /** A {@code struct sockaddr_in}, as the two after it. */
    DESTINATION(8, 16),
    GATEWAY(24, 16),
    MASK(40, 16),
    FLAGS(56, 2);

    static final int LENGTH = 120;

    static final int RTF_UP = 1;
    static final int RTF_GATEWAY = 2;

    private final int offset;
    private final int width;

    RtEntry(int offset, int width) {
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
        return "linux/route.h";
    }
}
