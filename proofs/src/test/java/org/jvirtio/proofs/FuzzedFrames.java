package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.ByteBuffer;

/**
 * Frames made of what a fuzzer says: its bytes as they are, or with headers before them that are
 * right, so that the layers above are reached, of which one byte may be changed.
 */
final class FuzzedFrames {

    private static final int MOST_BYTES = 1600;
    private static final int IPV4_BYTES = 20;
    private static final byte[] MACS = {
        0x52, 0x54, 0, 0x12, 0x34, 0x56, 0x52, 0x54, 0, (byte) 0xab, (byte) 0xcd, (byte) 0xef
    };
    private static final int[] DESTINATIONS = {0x0a00020f, -1, 0x0a0002ff, 0x0a000210};
    private static final byte[] PROTOCOLS = {1, 17, 6};

    /** How far the headers are right. */
    private enum Depth {
        NOTHING,
        ETHERNET,
        ARP,
        IPV4,
        ICMP,
        UDP,
        DHCP
    }

    private final FuzzedDataProvider data;

    FuzzedFrames(FuzzedDataProvider data) {
        this.data = data;
    }

    byte[] next() {
        Depth depth = data.pickValue(Depth.values());
        byte[] body = data.consumeBytes(data.consumeInt(0, MOST_BYTES));
        byte[] frame =
                switch (depth) {
                    case NOTHING -> body;
                    case ETHERNET -> ethernet(data.consumeShort(), body);
                    case ARP -> ethernet(0x0806, arp(body));
                    case IPV4 -> ipv4(data.pickValue(PROTOCOLS), body);
                    case ICMP -> ipv4((byte) 1, icmp(body));
                    case UDP -> ipv4((byte) 17, udp(7, body));
                    case DHCP -> ipv4((byte) 17, udp(68, dhcp(body)));
                };
        if (frame.length > 0 && data.consumeBoolean()) {
            frame[data.consumeInt(0, frame.length - 1)] = data.consumeByte();
        }
        return frame;
    }

    private static byte[] ethernet(int type, byte[] body) {
        return ByteBuffer.allocate(MACS.length + 2 + body.length)
                .put(MACS)
                .putShort((short) type)
                .put(body)
                .array();
    }

    private byte[] arp(byte[] body) {
        return ByteBuffer.allocate(28 + body.length)
                .putInt(0x00010800)
                .putInt(0x06040000 | data.consumeInt(0, 3))
                .put(MACS, 6, 6)
                .putInt(0x0a000200 | data.consumeInt(0, 255))
                .put(MACS, 0, 6)
                .putInt(data.pickValue(DESTINATIONS))
                .put(body)
                .array();
    }

    private byte[] ipv4(byte protocol, byte[] body) {
        ByteBuffer packet = ByteBuffer.allocate(IPV4_BYTES + body.length);
        packet.putInt(0x45000000 | packet.capacity()).putInt(data.consumeBoolean() ? 0 : 0x2000);
        packet.putInt(0x40000000 | protocol << 16).putInt(0x0a000200 | data.consumeInt(0, 255));
        packet.putInt(data.pickValue(DESTINATIONS)).put(body);
        return ethernet(0x0800, withSum(packet.array(), IPV4_BYTES, 10));
    }

    private static byte[] icmp(byte[] body) {
        byte[] message = java.util.Arrays.copyOf(body, Math.max(body.length, 8));
        message[2] = 0;
        message[3] = 0;
        return withSum(message, message.length, 2);
    }

    private static byte[] udp(int port, byte[] body) {
        return ByteBuffer.allocate(8 + body.length)
                .putInt(port == 68 ? 67 << 16 | 68 : 1000 << 16 | port)
                .putInt((8 + body.length) << 16)
                .put(body)
                .array();
    }

    private static byte[] dhcp(byte[] body) {
        ByteBuffer message = ByteBuffer.allocate(240 + body.length);
        message.putInt(0x02010600).putInt(16, 0x0a00020f);
        message.position(28).put(MACS, 0, 6);
        return message.putInt(236, 0x63825363).position(240).put(body).array();
    }

    private static byte[] withSum(byte[] bytes, int count, int at) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum += sum >>> 16;
        bytes[at] = (byte) (~sum >> 8);
        bytes[at + 1] = (byte) ~sum;
        return bytes;
    }
}
