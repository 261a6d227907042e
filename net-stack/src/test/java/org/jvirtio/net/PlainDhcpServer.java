package org.jvirtio.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A DHCP server on a port of another stack, written from RFC 2131 section 4.3 by offsets of its
 * own: grants 10.0.2.15/24 by 10.0.2.2 for 120 seconds, or what a test wants changed.
 */
final class PlainDhcpServer {

    static final String ADDRESS = "10.0.2.2/24";

    private static final String SHORT_OPTIONS =
            "01 04 ffffff00 03 04 0a000202 06 04 0a000203 33 04 00000078 36 04 0a000202";

    /** Types of the messages that came, in order. */
    final List<Integer> heard = new ArrayList<>();

    /** The addresses that clients said they had, beside. */
    final List<Integer> clientAddresses = new ArrayList<>();

    /** For how many seconds they said they had been asking, beside. */
    final List<Integer> seconds = new ArrayList<>();

    int answerToRequest = 5;
    String options = SHORT_OPTIONS;
    int offered = 0x0a00020f;
    boolean silent;

    PlainDhcpServer(NetStack stack) {
        stack.open(67, (port, datagram) -> answer(port, datagram));
    }

    private void answer(UdpPort port, Datagram datagram) {
        byte[] request = datagram.bytes();
        int type = type(request);
        heard.add(type);
        clientAddresses.add(ByteBuffer.wrap(request).getInt(12));
        seconds.add(ByteBuffer.wrap(request).getShort(8) & 0xffff);
        if (!silent) {
            byte[] reply = reply(request, type == 1 ? 2 : answerToRequest);
            port.send(
                    datagram.source().bits() == 0 ? Ipv4Address.BROADCAST : datagram.source(),
                    68,
                    reply);
        }
    }

    byte[] reply(byte[] request, int type) {
        byte[] extra = Packets.bytes(options);
        ByteBuffer reply = ByteBuffer.allocate(240 + 3 + extra.length + 1);
        reply.put(Packets.bytes("02 01 06 00")).put(request, 4, 4);
        reply.putInt(16, type == 6 ? 0 : offered);
        reply.position(28).put(request, 28, 6);
        reply.position(236).put(Packets.bytes("63825363 35 01")).put((byte) type);
        return reply.put(extra).put((byte) 255).array();
    }

    /** Of option 53, which is where ours has it: first. */
    private static int type(byte[] request) {
        return request[240] == 53 ? request[242] : -1;
    }
}
