package org.jvirtio.linux;

import org.jvirtio.Register;

/** {@code struct timespec} (ppoll(2)) on 64-bit machines, 16 bytes. */
public enum Timespec implements Register {
    SECONDS(0, 8),
    NANOSECONDS(8, 8);

    public static final int LENGTH = 16;

    private final int offset;
    private final int width;

    Timespec(int offset, int width) {
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
        return "ppoll(2)";
    }
}
