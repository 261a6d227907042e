package org.jvirtio.vfio;

import org.jvirtio.Register;

/**
 * {@code struct iommu_ioas_iova_ranges}: 32 bytes, and {@code struct iommu_iova_range} in the array
 * that it points to.
 */
enum IoasIovaRangesField implements Register {
    SIZE(0, 4),
    IOAS_ID(4, 4),
    /** In: how many fit; out: how many there are. */
    NUM_IOVAS(8, 4),
    /** Our address of the array. */
    ALLOWED_IOVAS(16, 8),
    OUT_IOVA_ALIGNMENT(24, 8);

    static final int LENGTH = 32;

    /** Bytes of one range: its first address and its last. */
    static final int RANGE_LENGTH = 16;

    private final int offset;
    private final int width;

    IoasIovaRangesField(int offset, int width) {
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
