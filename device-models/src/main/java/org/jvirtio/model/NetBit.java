package org.jvirtio.model;

/** Feature bits of a network device that are modelled (virtio 1.4 section 5.1.3). */
enum NetBit {
    CSUM(0),
    GUEST_CSUM(1),
    MTU(3),
    MAC(5),
    MRG_RXBUF(15),
    STATUS(16),
    CTRL_VQ(17),
    CTRL_RX(18),
    CTRL_VLAN(19),
    CTRL_RX_EXTRA(20),
    GUEST_ANNOUNCE(21),
    MQ(22),
    CTRL_MAC_ADDR(23);

    final int bit;

    NetBit(int bit) {
        this.bit = bit;
    }
}
