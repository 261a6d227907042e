package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_iommu_type1_info_cap_iova_range}: header, then an array of ranges. */
enum IovaRangeField implements Register {
    NR_IOVAS(8, 4),
    /** Of the first range. */
    RANGE_START(16, 8),
    /** Of the first range; the last address in it. */
    RANGE_END(24, 8);

    static final int LENGTH = 16;

    /** Bytes from one range to the next. */
    static final int RANGE_LENGTH = 16;

    private final int offset;
    private final int width;

    IovaRangeField(int offset, int width) {
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
