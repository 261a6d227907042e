package org.jvirtio.model;

import org.jvirtio.Register;

/** Configuration of a network device (virtio 1.4 section 5.1.4); the address is six bytes. */
enum NetField implements Register {
    MAC_0(0, 1),
    MAC_1(1, 1),
    MAC_2(2, 1),
    MAC_3(3, 1),
    MAC_4(4, 1),
    MAC_5(5, 1),
    STATUS(6, 2),
    MAX_VIRTQUEUE_PAIRS(8, 2),
    MTU(10, 2);

    /** Up to the last field of the features that are modelled. */
    static final int LENGTH = 12;

    /** Of the status. */
    static final int LINK_UP = 1;

    static final int ANNOUNCE = 2;

    private final int offset;
    private final int width;

    NetField(int offset, int width) {
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
