package org.jvirtio.vfio;

import org.jvirtio.Register;

/**
 * {@code struct vfio_device_bind_iommufd}: 16 bytes, to which newer kernels add a token that
 * virtual functions need.
 */
enum BindIommufdField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    IOMMUFD(8, 4),
    OUT_DEVID(12, 4);

    static final int LENGTH = 16;

    private final int offset;
    private final int width;

    BindIommufdField(int offset, int width) {
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
