package org.jvirtio.device;

import org.jvirtio.Register;

/**
 * The configuration of a network device (virtio 1.4 section 5.1.4). The address is an array of
 * bytes, so it is six registers.
 */
public enum NetConfig implements Register {
    MAC_0(0, 1),
    MAC_1(1, 1),
    MAC_2(2, 1),
    MAC_3(3, 1),
    MAC_4(4, 1),
    MAC_5(5, 1),
    /** Bit 0: the link is up. Bit 1: announce yourself. */
    STATUS(6, 2),
    MAX_VIRTQUEUE_PAIRS(8, 2),
    /** Bytes of an Ethernet payload, 68 to 65535. */
    MTU(10, 2),
    /** Mb/s. */
    SPEED(12, 4),
    DUPLEX(16, 1),
    RSS_MAX_KEY_SIZE(17, 1),
    RSS_MAX_INDIRECTION_TABLE_LENGTH(18, 2),
    SUPPORTED_HASH_TYPES(20, 4),
    SUPPORTED_TUNNEL_TYPES(24, 4);

    static final int LINK_UP = 1;
    static final int ANNOUNCE = 2;

    private final int offset;
    private final int width;

    NetConfig(int offset, int width) {
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
        return "virtio 1.4 section 5.1.4";
    }
}
