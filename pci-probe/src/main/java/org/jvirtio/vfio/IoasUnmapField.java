package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct iommu_ioas_unmap}: 24 bytes. */
enum IoasUnmapField implements Register {
    SIZE(0, 4),
    IOAS_ID(4, 4),
    IOVA(8, 8),
    LENGTH_BYTES(16, 8);

    static final int LENGTH = 24;

    private final int offset;
    private final int width;

    IoasUnmapField(int offset, int width) {
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
