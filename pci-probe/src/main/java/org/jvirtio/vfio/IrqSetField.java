package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_irq_set}: 20 bytes, then the data. */
public enum IrqSetField implements Register {
    ARGSZ(0, 4),
    /** One {@code DATA_} flag and one {@code ACTION_} flag. */
    FLAGS(4, 4),
    INDEX(8, 4),
    START(12, 4),
    COUNT(16, 4),
    /** The first of COUNT descriptors. */
    DATA(20, 4);

    public static final int LENGTH = 20;
    public static final int DATA_NONE = 1;
    public static final int DATA_BOOL = 2;
    public static final int DATA_EVENTFD = 4;
    public static final int ACTION_MASK = 8;
    public static final int ACTION_UNMASK = 16;
    public static final int ACTION_TRIGGER = 32;

    private final int offset;
    private final int width;

    IrqSetField(int offset, int width) {
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
