package org.jvirtio.model;

import java.util.BitSet;
import java.util.HexFormat;

/**
 * How a network model looks, apart from what it is connected to. Every method changes one option
 * and returns this object.
 */
public final class NetOptions {

    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 65535;
    private static final int MOST_PAIRS = 256;
    private static final int MOST_FLAPS = 1_000_000;

    private byte[] mac = {0x52, 0x54, 0x00, 0x6a, 0x76, 0x01};
    private boolean hasMac = true;
    private int mtu;
    private boolean status = true;
    private boolean mergeable = true;
    private boolean control = true;
    private boolean checksums = true;
    private boolean leavesOpen;
    private int pairs = 1;
    private int flaps;

    /** Six bytes with colons between them; {@code none} for a device without an address. */
    public NetOptions mac(String text) {
        hasMac = !text.equals("none");
        if (hasMac) {
            if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
                throw new IllegalArgumentException(
                        "setting mac="
                                + text
                                + ": no Ethernet address. Write 52:54:00:12:34:56, or none.");
            }
            mac = HexFormat.ofDelimiter(":").parseHex(text);
        }
        return this;
    }

    /** Bytes of the longest payload, offered as MTU; 0 offers none. */
    public NetOptions mtu(int bytes) {
        if (bytes != 0 && (bytes < LEAST_MTU || bytes > MOST_MTU)) {
            throw new IllegalArgumentException(
                    String.format(
                            "setting mtu=%d: outside %d to %d. Choose one between them, or 0 for"
                                    + " none.",
                            bytes, LEAST_MTU, MOST_MTU));
        }
        mtu = bytes;
        return this;
    }

    /** Offers STATUS, so that the driver sees whether the link is up. */
    public NetOptions status(boolean offered) {
        status = offered;
        return this;
    }

    /** Offers MRG_RXBUF. */
    public NetOptions mergeable(boolean offered) {
        mergeable = offered;
        return this;
    }

    /** Offers CTRL_VQ and what is commanded through it. */
    public NetOptions control(boolean offered) {
        control = offered;
        return this;
    }

    /** Offers CSUM and GUEST_CSUM. */
    public NetOptions checksums(boolean offered) {
        checksums = offered;
        return this;
    }

    /** Gives packets to a driver of GUEST_CSUM as NEEDS_CSUM, with a checksum still to be made. */
    public NetOptions leavesOpen(boolean partial) {
        leavesOpen = partial;
        return this;
    }

    /** Pairs of queues; more than one are offered as MQ. */
    public NetOptions pairs(int count) {
        pairs = checked("pairs", count, 1, MOST_PAIRS);
        return this;
    }

    /** How often the link goes down and up again when the first frame is sent. */
    public NetOptions flaps(int count) {
        flaps = checked("flaps", count, 0, MOST_FLAPS);
        return this;
    }

    BitSet features() {
        BitSet offered = new BitSet();
        offered.set(NetBit.CSUM.bit, checksums);
        offered.set(NetBit.GUEST_CSUM.bit, checksums);
        offered.set(NetBit.MAC.bit, hasMac);
        offered.set(NetBit.MTU.bit, mtu > 0);
        offered.set(NetBit.STATUS.bit, status);
        offered.set(NetBit.MRG_RXBUF.bit, mergeable);
        offered.set(NetBit.CTRL_VQ.bit, NetBit.CTRL_RX_EXTRA.bit + 1, control);
        offered.set(NetBit.GUEST_ANNOUNCE.bit, control && status);
        offered.set(NetBit.MQ.bit, control && pairs > 1);
        offered.set(NetBit.CTRL_MAC_ADDR.bit, control);
        return offered;
    }

    byte[] mac() {
        return mac.clone();
    }

    int mtu() {
        return mtu;
    }

    boolean offersControl() {
        return control;
    }

    boolean leavesOpen() {
        return leavesOpen;
    }

    int pairs() {
        return pairs;
    }

    int flaps() {
        return flaps;
    }

    private static int checked(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(
                            "setting %s=%d: outside %d to %d. Choose one between them.",
                            option, value, least, most));
        }
        return value;
    }
}
