package org.jvirtio.net;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A DHCP message that came in (RFC 2131 section 2), with all its bounds checked.
 *
 * @param bytes the whole message
 * @param options by code; the first of a code counts
 */
record DhcpMessage(ByteBuffer bytes, Map<Integer, ByteBuffer> options) {

    static final int BOOTREQUEST = 1;
    static final int BOOTREPLY = 2;
    static final int COOKIE = 0x63825363;

    /** Values of the option OVERLOAD, a bit each: more options are in these fields. */
    private static final int IN_FILE = 1;

    private static final int IN_SNAME = 2;

    /** Empty if it is too short, has no cookie, or an option that ends past its field. */
    static Optional<DhcpMessage> parse(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (message.length < DhcpField.COOKIE.end()
                || bytes.getInt(DhcpField.COOKIE.offset()) != COOKIE) {
            return Optional.empty();
        }
        Map<Integer, ByteBuffer> options = new HashMap<>();
        boolean whole = walk(bytes, DhcpField.COOKIE.end(), message.length, options);
        ByteBuffer overload = options.get(DhcpOption.OVERLOAD.code());
        int more = overload == null || overload.limit() != 1 ? 0 : overload.get(0);
        if (whole && (more & IN_FILE) != 0) {
            whole = walk(bytes, DhcpField.FILE.offset(), DhcpField.FILE.end(), options);
        }
        if (whole && (more & IN_SNAME) != 0) {
            whole = walk(bytes, DhcpField.SNAME.offset(), DhcpField.SNAME.end(), options);
        }
        return whole ? Optional.of(new DhcpMessage(bytes, options)) : Optional.empty();
    }

    /** RFC 2132 section 2: code, length, value; false if a length leads past the end. */
    private static boolean walk(
            ByteBuffer bytes, int begin, int end, Map<Integer, ByteBuffer> options) {
        int at = begin;
        while (at < end) {
            int code = bytes.get(at++) & 0xff;
            if (code == DhcpOption.END) {
                return true;
            }
            if (code == DhcpOption.PAD) {
                continue;
            }
            if (at == end) {
                return false;
            }
            int length = bytes.get(at++) & 0xff;
            if (length > end - at) {
                return false;
            }
            options.putIfAbsent(code, bytes.slice(at, length));
            at += length;
        }
        return true;
    }

    boolean isReply() {
        return bytes.get(DhcpField.OP.offset()) == BOOTREPLY;
    }

    int xid() {
        return field(DhcpField.XID);
    }

    /** A field of 32 bits. */
    int field(DhcpField field) {
        return bytes.getInt(field.offset());
    }

    /** The Ethernet address it is for. */
    long client() {
        int at = DhcpField.CHADDR.offset();
        return (long) (bytes.getShort(at) & 0xffff) << 32
                | Integer.toUnsignedLong(bytes.getInt(at + 2));
    }

    boolean is(DhcpType type) {
        ByteBuffer value = options.get(DhcpOption.MESSAGE_TYPE.code());
        return value != null && value.limit() == 1 && value.get(0) == type.code();
    }

    /** The first 32 bits of an option; 0 if it is absent or shorter. */
    int option(DhcpOption option) {
        ByteBuffer value = options.get(option.code());
        return value == null || value.limit() < Integer.BYTES ? 0 : value.getInt(0);
    }
}
