package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_region_info}: 32 bytes, then its capabilities. */
public enum RegionInfoField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    INDEX(8, 4),
    /** Bytes from the start of the structure; 0 if there are none. */
    CAP_OFFSET(12, 4),
    /** Bytes; 0 if there is no such region. */
    SIZE(16, 8),
    /** Position in the device file. */
    OFFSET(24, 8);

    public static final int LENGTH = 32;
    public static final int FLAG_READ = 1;
    public static final int FLAG_WRITE = 2;
    public static final int FLAG_MMAP = 4;
    public static final int FLAG_CAPS = 8;

    private final int offset;
    private final int width;

    RegionInfoField(int offset, int width) {
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
        return "linux/vfio.h";
    }
}
