package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/**
 * Payload of {@link Command#DMA_READ} and {@link Command#DMA_WRITE}, and of their replies: 16
 * bytes, then the data.
 */
public enum DmaAccessField implements Register {
    ADDRESS(0, 8),
    /** Bytes of data. */
    COUNT(8, 8),
    /** First byte. */
    DATA(16, 1);

    public static final int LENGTH = 16;

    private final int offset;
    private final int width;

    DmaAccessField(int offset, int width) {
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
        return "vfio-user, VFIO_USER_DMA_READ";
    }
}
