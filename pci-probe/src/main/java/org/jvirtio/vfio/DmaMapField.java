package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_iommu_type1_dma_map}: 32 bytes. */
enum DmaMapField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    /** Our address. */
    VADDR(8, 8),
    /** The device's address. */
    IOVA(16, 8),
    SIZE(24, 8);

    static final int LENGTH = 32;
    static final int FLAG_READ = 1;
    static final int FLAG_WRITE = 2;

    private final int offset;
    private final int width;

    DmaMapField(int offset, int width) {
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
