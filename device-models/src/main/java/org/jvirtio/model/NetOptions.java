package org.jvirtio.model;

import java.util.HexFormat;

/**
 * How a network model looks, apart from what it is connected to. Every method changes one option
 * and returns this object.
 */
public final class NetOptions {

    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 65535;

    private byte[] mac = {0x52, 0x54, 0x00, 0x6a, 0x76, 0x01};
    private boolean hasMac = true;
    private int mtu;
    private boolean status = true;
    private boolean mergeable = true;

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

    byte[] mac() {
        return mac.clone();
    }

    boolean offersMac() {
        return hasMac;
    }

    int mtu() {
        return mtu;
    }

    boolean offersStatus() {
        return status;
    }

    boolean offersMergeable() {
        return mergeable;
    }
}
