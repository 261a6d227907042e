package org.jvirtio.vfiouser;

import org.jvirtio.Register;

/** Payload of {@link Command#DEVICE_GET_INFO} and of its reply: 16 bytes. */
public enum DeviceInfoField implements Register {
    ARGSZ(0, 4),
    FLAGS(4, 4),
    NUM_REGIONS(8, 4),
    NUM_IRQS(12, 4);

    public static final int LENGTH = 16;

    /** {@link Command#DEVICE_RESET} is understood. */
    public static final int FLAG_RESET = 1;

    /** The device is a PCI function. */
    public static final int FLAG_PCI = 2;

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
        return "vfio-user, VFIO_USER_DEVICE_GET_INFO";
    }
}
