package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_info_cap_header}: 8 bytes. */
public enum CapabilityHeaderField implements Register {
    ID(0, 2),
    VERSION(2, 2),
    /** Bytes from the start of the info structure; 0 ends the list. */
    NEXT(4, 4);

    public static final int LENGTH = 8;

    private final int offset;
    private final int width;

    CapabilityHeaderField(int offset, int width) {
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
