package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct iommu_destroy}: 8 bytes. */
enum IommuDestroyField implements Register {
    SIZE(0, 4),
    ID(4, 4);

    static final int LENGTH = 8;

    private final int offset;
    private final int width;

    IommuDestroyField(int offset, int width) {
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
