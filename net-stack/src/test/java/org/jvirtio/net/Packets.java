package org.jvirtio.net;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Frames written by hand from the RFCs, independent of the code under test: their checksums are
 * made by a sum of their own.
 */
final class Packets {

    static final long OUR_MAC = 0x525400123456L;
    static final long PEER_MAC = 0x525400abcdefL;
    static final int OUR_IP = 0x0a00020f;
    static final int PEER_IP = 0x0a000202;
    static final String SETTINGS = "10.0.2.15/24";

    private Packets() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** An ARP packet from the peer. */
    static byte[] arp(int operation, long senderMac, int sender, long targetMac, int target) {
        ByteBuffer frame = ByteBuffer.allocate(42);
        ethernet(frame, operation == 1 ? 0xffffffffffffL : OUR_MAC, PEER_MAC, 0x0806);
        frame.put(bytes("0001 0800 06 04")).putShort((short) operation);
        mac(frame, senderMac).putInt(sender);
        mac(frame, targetMac).putInt(target);
        return frame.array();
    }

    /** A packet from the peer to us, with a right checksum. */
    static byte[] ipv4(int protocol, int source, int destination, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(34 + payload.length);
        ethernet(frame, OUR_MAC, PEER_MAC, 0x0800);
        frame.put(bytes("45 00")).putShort((short) (20 + payload.length));
        frame.put(bytes("1234 0000 40")).put((byte) protocol).putShort((short) 0);
        frame.putInt(source).putInt(destination).put(payload);
        return withHeaderSum(frame.array());
    }

    static byte[] withHeaderSum(byte[] frame) {
        frame[24] = 0;
        frame[25] = 0;
        putSum(frame, 24, sum(frame, 14, 14 + 4 * (frame[14] & 0xf)));
        return frame;
    }

    /** An ICMP message with a right checksum. */
    static byte[] icmp(int type, int code, int rest, byte[] data) {
        ByteBuffer message = ByteBuffer.allocate(8 + data.length);
        message.put((byte) type).put((byte) code).putShort((short) 0).putInt(rest).put(data);
        byte[] bytes = message.array();
        putSum(bytes, 2, sum(bytes, 0, bytes.length));
        return bytes;
    }

    /** A datagram without a checksum, which RFC 768 allows. */
    static byte[] udp(int sourcePort, int destinationPort, byte[] data) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + data.length);
        datagram.putShort((short) sourcePort).putShort((short) destinationPort);
        datagram.putShort((short) (8 + data.length)).putShort((short) 0).put(data);
        return datagram.array();
    }

    /** A segment of TCP from the peer to us, in its frame, with a right checksum. */
    static byte[] tcp(int sequence, int flags, byte[] options, byte[] data) {
        int header = 20 + options.length;
        ByteBuffer segment = ByteBuffer.allocate(header + data.length);
        segment.putShort((short) 80).putShort((short) 40_000).putInt(sequence).putInt(7);
        segment.put((byte) (header * 4)).put((byte) flags).putShort((short) 1_000);
        segment.putInt(0).put(options).put(data);
        return withTcpSum(ipv4(6, PEER_IP, OUR_IP, segment.array()));
    }

    static byte[] withTcpSum(byte[] frame) {
        frame[50] = 0;
        frame[51] = 0;
        int bytes = frame.length - 34;
        byte[] pseudo = ByteBuffer.allocate(4).putShort((short) 6).putShort((short) bytes).array();
        long sum = sum(frame, 26, frame.length) + (long) sum(pseudo, 0, 4);
        putSum(frame, 50, (int) ((sum & 0xffff) + (sum >> 16)));
        return frame;
    }

    static int sum(byte[] bytes, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += (long) (bytes[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }

    static void putSum(byte[] bytes, int at, int sum) {
        bytes[at] = (byte) (~sum >> 8);
        bytes[at + 1] = (byte) ~sum;
    }

    static int int16(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
    }

    static int int32(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    static long mac(byte[] bytes, int at) {
        return (long) int16(bytes, at) << 32 | Integer.toUnsignedLong(int32(bytes, at + 2));
    }

    private static void ethernet(ByteBuffer frame, long receiver, long sender, int type) {
        mac(frame, receiver);
        mac(frame, sender).putShort((short) type);
    }

    private static ByteBuffer mac(ByteBuffer frame, long mac) {
        return frame.putShort((short) (mac >>> 32)).putInt((int) mac);
    }
}
