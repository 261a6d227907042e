package org.jvirtio.model;

/** Feature bits of a block device that are modelled (virtio 1.4 section 5.2.3). */
enum BlockBit {
    SIZE_MAX(1),
    SEG_MAX(2),
    RO(5),
    BLK_SIZE(6),
    FLUSH(9),
    TOPOLOGY(10),
    CONFIG_WCE(11),
    MQ(12),
    DISCARD(13),
    WRITE_ZEROES(14);

    final int bit;

    BlockBit(int bit) {
        this.bit = bit;
    }
}
