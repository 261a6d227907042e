package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/**
 * Payload of {@link Command#REGION_WRITE_MULTI}: the count, then writes of 24 bytes each; its reply
 * has the count alone.
 */
public enum WriteMultipleField implements Register {
    /** Writes that follow. */
    COUNT(0, 8),
    /** The first: {@link RegionAccessField}, of at most eight bytes of data. */
    WRITES(8, 8);

    public static final int LENGTH = 8;

    /** Bytes of one write, whatever the width. */
    public static final int WRITE_LENGTH = 24;

    private final int offset;
    private final int width;

    WriteMultipleField(int offset, int width) {
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
        return "vfio-user, VFIO_USER_REGION_WRITE_MULTI";
    }
}
