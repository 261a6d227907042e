package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/** Payload of {@link Command#VERSION} and of its reply: 4 bytes, then JSON that a NUL ends. */
public enum VersionField implements Register {
    MAJOR(0, 2),
    MINOR(2, 2),
    /** First byte of the JSON, which may be left out. */
    DATA(4, 1);

    public static final int LENGTH = 4;

    private final int offset;
    private final int width;

    VersionField(int offset, int width) {
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
        return "vfio-user, VFIO_USER_VERSION";
    }
}
