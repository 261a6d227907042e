package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct iommu_ioas_alloc}: 12 bytes. */
enum IoasAllocField implements Register {
    SIZE(0, 4),
    FLAGS(4, 4),
    OUT_IOAS_ID(8, 4);

    static final int LENGTH = 12;

    private final int offset;
    private final int width;

    IoasAllocField(int offset, int width) {
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
