package org.jvirtio;

/**
 * The feature bits that mean the same for every device type (virtio 1.4 section 6; bits 24, 27 and
 * 30 in section 6.3).
 */
public enum RingFeature implements Feature {
    NOTIFY_ON_EMPTY(24),
    ANY_LAYOUT(27),
    INDIRECT_DESC(28),
    EVENT_IDX(29),
    /** Bit 30 marks a broken old driver; it must never be accepted. */
    UNUSED(30),
    VERSION_1(32),
    ACCESS_PLATFORM(33),
    RING_PACKED(34),
    IN_ORDER(35),
    ORDER_PLATFORM(36),
    SR_IOV(37),
    NOTIFICATION_DATA(38),
    NOTIF_CONFIG_DATA(39),
    RING_RESET(40),
    ADMIN_VQ(41),
    SUSPEND(43);

    private final int bit;

    RingFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public int bit() {
        return bit;
    }
}
