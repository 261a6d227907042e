package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_irq_info}: 16 bytes. */
public enum IrqInfoField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    INDEX(8, 4),
    COUNT(12, 4);

    public static final int LENGTH = 16;
    public static final int FLAG_EVENTFD = 1;

    /** One interrupt can be masked and let through again. */
    public static final int FLAG_MASKABLE = 2;

    /** It masks itself each time it fires. */
    public static final int FLAG_AUTOMASKED = 4;

    private final int offset;
    private final int width;

    IrqInfoField(int offset, int width) {
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
