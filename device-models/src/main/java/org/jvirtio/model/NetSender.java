package org.jvirtio.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The transmit side of a network model (virtio 1.4 section 5.1.9.2): looks at each frame as a
 * careful device would, and finishes its checksum if the driver left that to the device.
 */
final class NetSender {

    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;

    private final NetOptions options;
    private BitSet accepted = new BitSet();
    private int headerBytes;

    NetSender(NetOptions options) {
        this.options = options;
    }

    void settle(BitSet features, int bytesOfHeader) {
        accepted = features;
        headerBytes = bytesOfHeader;
    }

    /** The frame of a chain; null if it is none that can be sent. */
    byte[] frame(ModelChain chain) {
        long length = chain.readableLength() - headerBytes;
        if (chain.writableLength() > 0 || length < 0) {
            throw new ProtocolFault(
                    String.format(
                            "frame to send with %d readable and %d writable bytes; it needs a"
                                    + " readable header of %d and nothing writable (section"
                                    + " 5.1.9.2)",
                            chain.readableLength(), chain.writableLength(), headerBytes));
        }
        byte[] header = new byte[headerBytes];
        chain.read(0, header, headerBytes);
        checkHeader(chain, header);
        if (length < ETHERNET_HEADER || length > longest()) {
            chain.complain(
                    String.format(
                            "frame of %d bytes is not sent; it has %d to %d (section 5.1.4.2)",
                            length, ETHERNET_HEADER, longest()));
            return null;
        }
        byte[] bytes = new byte[headerBytes + (int) length];
        chain.read(0, bytes, bytes.length);
        byte[] frame = Arrays.copyOfRange(bytes, headerBytes, bytes.length);
        boolean open = offloads() && (header[0] & NetChecksum.NEEDS_CSUM) != 0;
        return !open || finish(chain, header, frame) ? frame : null;
    }

    /** Finishes the checksum; false if the driver gives no place for it. */
    private static boolean finish(ModelChain chain, byte[] header, byte[] frame) {
        int start = read16(header, NetChecksum.START);
        int offset = read16(header, NetChecksum.OFFSET);
        if (start + offset + 2 > frame.length) {
            chain.complain(
                    String.format(
                            "frame of %d bytes is not sent; its checksum is to be at %d + %d"
                                    + " (section 5.1.9.2.1)",
                            frame.length, start, offset));
            return false;
        }
        NetChecksum.finish(frame, start, offset);
        return true;
    }

    /** 5.1.9.2.1: what no accepted feature gives a meaning is zero. */
    private void checkHeader(ModelChain chain, byte[] header) {
        for (int i = 0; i < headerBytes; i++) {
            boolean meant = offloads() && isOfChecksum(i);
            if (header[i] != 0 && !meant) {
                chain.complain(
                        String.format(
                                "byte %d of the header of a frame to send is 0x%02x, and no"
                                        + " offload was accepted (section 5.1.9.2.1)",
                                i, header[i]));
                return;
            }
        }
    }

    private static boolean isOfChecksum(int index) {
        return index == 0
                || (index >= NetChecksum.START && index < NetChecksum.OFFSET + Short.BYTES);
    }

    private boolean offloads() {
        return accepted.get(NetBit.CSUM.bit);
    }

    private int longest() {
        boolean told = accepted.get(NetBit.MTU.bit);
        return (told ? options.mtu() : (1 << 16) - 1) + ETHERNET_HEADER + VLAN_TAG;
    }

    private static int read16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << Byte.SIZE;
    }
}
