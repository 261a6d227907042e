package org.jvirtio.model;

/** Feature bits of a network device that are modelled (virtio 1.4 section 5.1.3). */
enum NetBit {
    MTU(3),
    MAC(5),
    MRG_RXBUF(15),
    STATUS(16);

    final int bit;

    NetBit(int bit) {
        this.bit = bit;
    }
}
