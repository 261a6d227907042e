package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/**
 * Payload of {@link Command#DEVICE_GET_REGION_IO_FDS} and of its reply: 16 bytes, then {@link
 * SubRegionField}s.
 */
public enum RegionIoFdsField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    INDEX(8, 4),
    /** Sub-regions that follow. */
    COUNT(12, 4);

    public static final int LENGTH = 16;

    private final int offset;
    private final int width;

    RegionIoFdsField(int offset, int width) {
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
        return "vfio-user, VFIO_USER_DEVICE_GET_REGION_IO_FDS";
    }
}
