package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_group_status}: 8 bytes. */
enum GroupStatusField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4);

    static final int LENGTH = 8;

    /** Every function of the group is with vfio-pci or with nobody. */
    static final int FLAG_VIABLE = 1;

    private final int offset;
    private final int width;

    GroupStatusField(int offset, int width) {
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
