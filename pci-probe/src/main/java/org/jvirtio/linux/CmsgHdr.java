package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct cmsghdr} (cmsg(3)) on 64-bit machines, 16 bytes; its data follow. */
enum CmsgHdr implements Register {
    BYTES(0, 8),
    LEVEL(8, 4),
    TYPE(12, 4);

    static final int LENGTH = 16;

    static final int SOL_SOCKET = 1;

    /** The data are descriptors, four bytes each (unix(7)). */
    static final int SCM_RIGHTS = 1;

    private final int offset;
    private final int width;

    CmsgHdr(int offset, int width) {
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
        return "cmsg(3)";
    }
}
