package org.jvirtio.vfio;

import org.jvirtio.Register;

/** {@code struct vfio_device_info}: 24 bytes; argsz must be set before the call. */
enum DeviceInfoField implements Register {
    ARGSZ(0, 4),
    /** {@link #FLAG_RESET}. */
    FLAGS(4, 4),
    NUM_REGIONS(8, 4),
    NUM_IRQS(12, 4),
    CAP_OFFSET(16, 4);

    static final int LENGTH = 24;

    /** The function can be reset by itself. */
    static final int FLAG_RESET = 1;

    /** The device is a PCI function. */
    static final int FLAG_PCI = 2;

    private final int offset;
    private final int width;

    DeviceInfoField(int offset, int width) {
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
