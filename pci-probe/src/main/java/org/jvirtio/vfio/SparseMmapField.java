package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_region_info_cap_sparse_mmap}: header, then an array of areas. */
public enum SparseMmapField implements Register {
    NR_AREAS(8, 4),
    /** Of the first area; bytes from the start of the region. */
    AREA_OFFSET(16, 8),
    /** Of the first area. */
    AREA_SIZE(24, 8);

    public static final int LENGTH = 16;

    /** Bytes from one area to the next. */
    public static final int AREA_LENGTH = 16;

    private final int offset;
    private final int width;

    SparseMmapField(int offset, int width) {
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
