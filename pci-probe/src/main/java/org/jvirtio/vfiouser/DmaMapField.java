package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/**
 * Payload of {@link Command#DMA_MAP}: 32 bytes, with the descriptor of the memory if the server may
 * map it.
 */
public enum DmaMapField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    /** Position in the file; 0 without a descriptor. */
    OFFSET(8, 8),
    /** By which the device knows the first byte. */
    ADDRESS(16, 8),
    SIZE(24, 8);

    public static final int LENGTH = 32;
    public static final int FLAG_READ = 1;
    public static final int FLAG_WRITE = 2;

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
        return "vfio-user, VFIO_USER_DMA_MAP";
    }
}
