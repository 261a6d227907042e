package org.jvirtio.model;

import org.jvirtio.Register;

/**
 * The legacy header (virtio 1.4 section 4.1.4.10), little-endian. The vectors exist only while
 * MSI-X is enabled; the device configuration follows what exists.
 */
enum LegacyField implements Register {
    DEVICE_FEATURES(0, 4),
    DRIVER_FEATURES(4, 4),
    QUEUE_ADDRESS(8, 4),
    QUEUE_SIZE(12, 2),
    QUEUE_SELECT(14, 2),
    QUEUE_NOTIFY(16, 2),
    DEVICE_STATUS(18, 1),
    ISR_STATUS(19, 1),
    CONFIG_MSIX_VECTOR(20, 2),
    QUEUE_MSIX_VECTOR(22, 2);

    /** Where the device configuration starts while MSI-X is disabled. */
    static final int CONFIG_WITHOUT_MSIX = 20;

    /** Where it starts while MSI-X is enabled. */
    static final int CONFIG_WITH_MSIX = 24;

    private final int offset;
    private final int width;

    LegacyField(int offset, int width) {
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
        return "virtio 1.4 section 4.1.4.10";
    }
}
