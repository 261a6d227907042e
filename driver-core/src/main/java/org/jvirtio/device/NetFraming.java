package org.jvirtio.device;

import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/**
 * How frames are laid out for one device. Only the accepted features decide: the same device has
 * another header in another layout, and who gets it wrong shifts every frame by two bytes.
 *
 * @param headerBytes 12 with VERSION_1 or MRG_RXBUF, otherwise 10 (virtio 1.4 section 5.1.9.1)
 * @param headerApart the header must have a descriptor of its own (section 5.1.9.6, legacy framing)
 * @param merges a received frame may lie in many buffers (MRG_RXBUF)
 * @param frameBytes the most bytes of a frame that is sent
 * @param longestBytes the most bytes of a frame that is believed on receive
 */
record NetFraming(
        int headerBytes, boolean headerApart, boolean merges, int frameBytes, int longestBytes) {

    /** Two addresses and a type. */
    static final int ETHERNET_BYTES = 14;

    private static final int VLAN_BYTES = 4;

    private static final int SHORT_HEADER = NetField.NUM_BUFFERS.offset();
    private static final int LONG_HEADER = SHORT_HEADER + NetField.NUM_BUFFERS.width();

    /** No payload of Ethernet is longer than an IP packet can be. */
    private static final int LONGEST_PAYLOAD = 65535;

    static NetFraming of(FeatureSet accepted, int mtu) {
        boolean version1 = accepted.has(RingFeature.VERSION_1);
        boolean merges = accepted.has(NetFeature.MRG_RXBUF);
        int told = withEthernet(mtu);
        boolean knowsLongest = accepted.has(NetFeature.MTU) || !merges;
        return new NetFraming(
                version1 || merges ? LONG_HEADER : SHORT_HEADER,
                !version1 && !accepted.has(RingFeature.ANY_LAYOUT),
                merges,
                told,
                knowsLongest ? told : withEthernet(LONGEST_PAYLOAD));
    }

    /**
     * Bytes of a frame that each of {@code buffers} on one queue has to hold.
     *
     * <p>5.1.4.2: "enough receive buffers to receive at least one" packet "of size mtu". Here two,
     * where there are two buffers: the next one comes while one is looked at. 5.1.9.3.1: at least
     * 1526 bytes with the header, unless buffers are merged.
     */
    int roomBytes(int buffers) {
        int pieces = merges ? Math.min(NetReceiveQueue.MOST_PIECES, Math.max(1, buffers / 2)) : 1;
        int piece = (frameBytes + pieces - 1) / pieces;
        return Math.max(withEthernet(NetSettings.DEFAULT_MTU), piece);
    }

    private static int withEthernet(int payload) {
        return payload + ETHERNET_BYTES + VLAN_BYTES;
    }
}
