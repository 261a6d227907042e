package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/** Payload of {@link Command#DMA_UNMAP} and of its reply: 24 bytes. */
public enum DmaUnmapField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    /** With SIZE exactly that of a mapping. */
    ADDRESS(8, 8),
    SIZE(16, 8);

    public static final int LENGTH = 24;

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
        return "vfio-user, VFIO_USER_DMA_UNMAP";
    }
}
