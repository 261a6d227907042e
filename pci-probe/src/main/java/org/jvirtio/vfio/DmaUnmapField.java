package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_iommu_type1_dma_unmap}: 24 bytes. */
enum DmaUnmapField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    IOVA(8, 8),
    /** After the call: bytes that were unmapped. */
    SIZE(16, 8);

    static final int LENGTH = 24;

    private final int offset;
    private final int width;

    DmaUnmapField(int offset, int width) {
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
