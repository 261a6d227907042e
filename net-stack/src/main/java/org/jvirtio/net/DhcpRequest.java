package org.jvirtio.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes a message of a DHCP client (RFC 2131 section 4.3.6, table 4). */
final class DhcpRequest {

    /** RFC 1542 section 2.1: some relays drop anything shorter. */
    static final int BYTES = 300;

    private static final int ETHERNET = 1;
    private static final int MAC_BYTES = 6;

    /** RFC 2131 section 2: answer to all, because an address that is not ours yet is not heard. */
    private static final int BROADCAST = 0x8000;

    private static final DhcpOption[] WANTED = {
        DhcpOption.SUBNET_MASK,
        DhcpOption.ROUTER,
        DhcpOption.DOMAIN_NAME_SERVER,
        DhcpOption.RENEWAL_TIME,
        DhcpOption.REBINDING_TIME,
    };

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);

    /**
     * Begins a message.
     *
     * @param own the address we have; 0 while we have none, and then all hear the answer
     */
    DhcpRequest(DhcpType type, int xid, int seconds, int own, long mac) {
        bytes.put(DhcpField.OP.offset(), (byte) DhcpMessage.BOOTREQUEST);
        bytes.put(DhcpField.HTYPE.offset(), (byte) ETHERNET);
        bytes.put(DhcpField.HLEN.offset(), (byte) MAC_BYTES);
        bytes.putInt(DhcpField.XID.offset(), xid);
        bytes.putShort(DhcpField.SECS.offset(), (short) Math.min(seconds, 0xffff));
        bytes.putShort(DhcpField.FLAGS.offset(), (short) (own == 0 ? BROADCAST : 0));
        bytes.putInt(DhcpField.CIADDR.offset(), own);
        bytes.putShort(DhcpField.CHADDR.offset(), (short) (mac >>> 32));
        bytes.putInt(DhcpField.CHADDR.offset() + 2, (int) mac);
        bytes.putInt(DhcpField.COOKIE.offset(), DhcpMessage.COOKIE);
        bytes.position(DhcpField.COOKIE.end());
        option(DhcpOption.MESSAGE_TYPE, 1).put((byte) type.code());
        option(DhcpOption.CLIENT_IDENTIFIER, 1 + MAC_BYTES).put((byte) ETHERNET);
        bytes.putShort((short) (mac >>> 32)).putInt((int) mac);
        option(DhcpOption.PARAMETER_REQUEST_LIST, WANTED.length);
        for (DhcpOption wanted : WANTED) {
            bytes.put((byte) wanted.code());
        }
    }

    /** Adds an option that is an address. */
    DhcpRequest with(DhcpOption option, Ipv4Address address) {
        option(option, Integer.BYTES).putInt(address.bits());
        return this;
    }

    byte[] finish() {
        bytes.put((byte) DhcpOption.END);
        return Arrays.copyOf(bytes.array(), BYTES);
    }

    private ByteBuffer option(DhcpOption option, int length) {
        return bytes.put((byte) option.code()).put((byte) length);
    }
}
