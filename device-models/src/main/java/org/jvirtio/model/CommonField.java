package org.jvirtio.model;

import org.jvirtio.Register;

/**
 * The common configuration structure (virtio 1.4 section 4.1.4.3), little-endian. The register sets
 * of 2011 begin with the same structure (reference A.3, decision 5).
 */
enum CommonField implements Register {
    DEVICE_FEATURE_SELECT(0x00, 4),
    DEVICE_FEATURE(0x04, 4),
    DRIVER_FEATURE_SELECT(0x08, 4),
    DRIVER_FEATURE(0x0c, 4),
    CONFIG_MSIX_VECTOR(0x10, 2),
    NUM_QUEUES(0x12, 2),
    DEVICE_STATUS(0x14, 1),
    CONFIG_GENERATION(0x15, 1),
    QUEUE_SELECT(0x16, 2),
    QUEUE_SIZE(0x18, 2),
    QUEUE_MSIX_VECTOR(0x1a, 2),
    QUEUE_ENABLE(0x1c, 2),
    QUEUE_NOTIFY_OFF(0x1e, 2),
    QUEUE_DESC(0x20, 8),
    QUEUE_DRIVER(0x28, 8),
    QUEUE_DEVICE(0x30, 8),
    QUEUE_NOTIF_CONFIG_DATA(0x38, 2),
    QUEUE_RESET(0x3a, 2),
    ADMIN_QUEUE_INDEX(0x3c, 2),
    ADMIN_QUEUE_NUM(0x3e, 2);

    /** Bytes of the whole structure. */
    static final int LENGTH = 0x40;

    private final int offset;
    private final int width;

    CommonField(int offset, int width) {
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
        return "virtio 1.4 section 4.1.4.3";
    }
}
