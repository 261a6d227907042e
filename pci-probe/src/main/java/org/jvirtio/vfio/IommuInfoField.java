package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_iommu_type1_info}: 24 bytes, then its capabilities. */
enum IommuInfoField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    /** A bit per page size that can be mapped. */
    IOVA_PGSIZES(8, 8),
    CAP_OFFSET(16, 4);

    static final int LENGTH = 24;
    static final int FLAG_PGSIZES = 1;
    static final int FLAG_CAPS = 2;

    private final int offset;
    private final int width;

    IommuInfoField(int offset, int width) {
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
