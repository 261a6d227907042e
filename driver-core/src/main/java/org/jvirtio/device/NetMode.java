package org.jvirtio.device;

/**
 * What a network device receives beside frames for its own address and those of its tables (virtio
 * 1.4 section 5.1.9.5.1). In the order of the commands.
 */
public enum NetMode {
    /** Everything. */
    PROMISC,
    /** Every multicast frame. */
    ALLMULTI,
    /** Every unicast frame; this and what follows is of CTRL_RX_EXTRA. */
    ALLUNI,
    /** No multicast frame. */
    NOMULTI,
    /** No unicast frame. */
    NOUNI,
    /** No broadcast frame. */
    NOBCAST;

    NetCommand command() {
        return NetCommand.valueOf(name());
    }
}
