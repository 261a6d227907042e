package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct msghdr} (sendmsg(2)) on 64-bit machines, 56 bytes. */
enum MsgHdr implements Register {
    NAME(0, 8),
    NAME_LENGTH(8, 4),
    IO_VECTORS(16, 8),
    IO_VECTOR_COUNT(24, 8),
    CONTROL(32, 8),
    CONTROL_LENGTH(40, 8),
    FLAGS(48, 4);

    static final int LENGTH = 56;

    private final int offset;
    private final int width;

    MsgHdr(int offset, int width) {
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
        return "sendmsg(2)";
    }
}
