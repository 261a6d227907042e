package org.jvirtio.transport;

import org.jvirtio.Register;

/**
 * Fields of the common configuration structure (virtio 1.4 section 4.1.4.3), little-endian. Both
 * new layouts have it: virtio 1.x says where with a capability, the register set begins with it.
 *
 * <p>Fields from {@link #QUEUE_NOTIF_CONFIG_DATA} on came after virtio 1.0, exist only with the
 * feature they belong to, and may lie outside a short window.
 */
public enum CommonRegister implements Register {
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
    /** With NOTIF_CONFIG_DATA: what to write to the doorbell instead of the queue index. */
    QUEUE_NOTIF_CONFIG_DATA(0x38, 2),
    /** With RING_RESET. */
    QUEUE_RESET(0x3a, 2),
    /** With ADMIN_VQ. */
    ADMIN_QUEUE_INDEX(0x3c, 2),
    /** With ADMIN_VQ. */
    ADMIN_QUEUE_NUM(0x3e, 2);

    /** Bytes that every device has: the structure as of virtio 1.0. */
    static final int SHORTEST = QUEUE_NOTIF_CONFIG_DATA.offset;

    /** Bytes of the whole structure. */
    static final int LONGEST = ADMIN_QUEUE_NUM.end();

    private final int offset;
    private final int width;

    CommonRegister(int offset, int width) {
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

    /** The first byte after this field. */
    int end() {
        return offset + width;
    }

    @Override
    public String source() {
        return "virtio 1.4 section 4.1.4.3";
    }
}
