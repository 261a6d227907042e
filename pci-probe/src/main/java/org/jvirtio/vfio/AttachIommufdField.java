package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_device_attach_iommufd_pt}: 12 bytes, to which newer kernels add a PASID. */
enum AttachIommufdField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    /** Of the I/O address space. */
    PT_ID(8, 4);

    static final int LENGTH = 12;

    private final int offset;
    private final int width;

    AttachIommufdField(int offset, int width) {
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
