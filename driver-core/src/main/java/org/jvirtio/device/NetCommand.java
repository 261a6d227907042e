package org.jvirtio.device;

/** Commands to a network device (virtio 1.4 section 5.1.9.5), each with what allows it. */
enum NetCommand {
    PROMISC(0, 0, NetFeature.CTRL_RX),
    ALLMULTI(0, 1, NetFeature.CTRL_RX),
    ALLUNI(0, 2, NetFeature.CTRL_RX_EXTRA),
    NOMULTI(0, 3, NetFeature.CTRL_RX_EXTRA),
    NOUNI(0, 4, NetFeature.CTRL_RX_EXTRA),
    NOBCAST(0, 5, NetFeature.CTRL_RX_EXTRA),
    MAC_TABLE_SET(1, 0, NetFeature.CTRL_RX),
    MAC_ADDR_SET(1, 1, NetFeature.CTRL_MAC_ADDR),
    VLAN_ADD(2, 0, NetFeature.CTRL_VLAN),
    VLAN_DEL(2, 1, NetFeature.CTRL_VLAN),
    ANNOUNCE_ACK(3, 0, NetFeature.GUEST_ANNOUNCE),
    VQ_PAIRS_SET(4, 0, NetFeature.MQ);

    final int commandClass;
    final int number;

    /** Sections 5.1.9.5.1.2 and following: not to be sent without it. */
    final NetFeature feature;

    NetCommand(int commandClass, int number, NetFeature feature) {
        this.commandClass = commandClass;
        this.number = number;
        this.feature = feature;
    }
}
