package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct iommu_ioas_map}: 40 bytes. */
enum IoasMapField implements Register {
    SIZE(0, 4),
    FLAGS(4, 4),
    IOAS_ID(8, 4),
    /** Our address. */
    USER_VA(16, 8),
    LENGTH_BYTES(24, 8),
    /** The device's address. */
    IOVA(32, 8);

    static final int LENGTH = 40;
    static final int FLAG_FIXED_IOVA = 1;
    static final int FLAG_WRITEABLE = 2;
    static final int FLAG_READABLE = 4;

    private final int offset;
    private final int width;

    IoasMapField(int offset, int width) {
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
        return "linux/iommufd.h";
    }
}
