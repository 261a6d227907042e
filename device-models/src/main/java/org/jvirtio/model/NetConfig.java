package org.jvirtio.model;

import java.util.List;

/**
 * The configuration of a network model (virtio 1.4 section 5.1.4). Only drivers of the legacy
 * interface may write, and only the address (section 5.1.4.3).
 */
final class NetConfig extends ModelConfig {

    private static final List<NetField> MAC =
            List.of(
                    NetField.MAC_0,
                    NetField.MAC_1,
                    NetField.MAC_2,
                    NetField.MAC_3,
                    NetField.MAC_4,
                    NetField.MAC_5);

    private boolean macWritable = true;

    NetConfig(NetOptions options) {
        super(NetField.LENGTH, NetField.values());
        mac(options.mac());
        put(NetField.MTU, options.mtu());
        put(NetField.MAX_VIRTQUEUE_PAIRS, options.pairs());
        link(true);
    }

    void link(boolean up) {
        status(NetField.LINK_UP, up);
    }

    void announce(boolean asked) {
        status(NetField.ANNOUNCE, asked);
    }

    boolean isLinkUp() {
        return (status() & NetField.LINK_UP) != 0;
    }

    /** VERSION_1 was accepted, or not, or nothing was yet. */
    void macWritable(boolean writable) {
        macWritable = writable;
    }

    @Override
    protected boolean write(int offset, int width, int value) {
        boolean valid = macWritable && width == 1 && offset < MAC.size();
        if (valid) {
            put(MAC.get(offset), value & 0xff);
        }
        return valid;
    }

    void mac(byte[] mac) {
        for (int i = 0; i < MAC.size(); i++) {
            put(MAC.get(i), mac[i]);
        }
    }

    /** The address as a number, its first byte the highest. */
    long mac() {
        long mac = 0;
        for (NetField octet : MAC) {
            mac = mac << Byte.SIZE | read(octet.offset(), 1);
        }
        return mac;
    }

    private void status(int bit, boolean set) {
        put(NetField.STATUS, set ? status() | bit : status() & ~bit);
    }

    private long status() {
        return read(NetField.STATUS.offset(), NetField.STATUS.width());
    }
}
