package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/**
 * Payload of {@link Command#REGION_READ} and {@link Command#REGION_WRITE}, and of their replies: 16
 * bytes, then the data.
 */
public enum RegionAccessField implements Register {
    /** Bytes from the start of the region. */
    OFFSET(0, 8),
    /** BARs have 0 to 5, the configuration space 7. */
    REGION(8, 4),
    /** Bytes of data. */
    COUNT(12, 4),
    /** First byte. */
    DATA(16, 1);

    public static final int LENGTH = 16;

    private final int offset;
    private final int width;

    RegionAccessField(int offset, int width) {
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
        return "vfio-user, VFIO_USER_REGION_READ";
    }
}
