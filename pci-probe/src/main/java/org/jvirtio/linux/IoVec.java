package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct iovec} (readv(2)) on 64-bit machines, 16 bytes. */
enum IoVec implements Register {
    BASE(0, 8),
    BYTES(8, 8);

    static final int LENGTH = 16;

    private final int offset;
    private final int width;

    IoVec(int offset, int width) {
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
        return "readv(2)";
    }
}
