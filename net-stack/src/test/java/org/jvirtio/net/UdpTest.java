package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.net.Packets.OUR_IP;
import static org.jvirtio.net.Packets.PEER_IP;
import static org.jvirtio.net.Packets.ipv4;
import static org.jvirtio.net.Packets.udp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 768 and RFC 1122 section 4.1. */
class UdpTest extends StackOnAWire {

    private final List<String> heard = new ArrayList<>();

    private UdpPort open(int number) {
        return stack.open(
                number,
                (port, datagram) ->
                        heard.add(
                                datagram.source()
                                        + ":"
                                        + datagram.sourcePort()
                                        + " "
                                        + new String(datagram.bytes(), StandardCharsets.UTF_8)));
    }

    @Test
    void anOpenPortHearsWhatComesToIt() {
        open(2000);
        receive(ipv4(17, PEER_IP, OUR_IP, udp(1000, 2000, "hello".getBytes(UTF))));
        receive(ipv4(17, PEER_IP, OUR_IP, udp(1000, 2000, new byte[0])));

        assertEquals(List.of("10.0.2.2:1000 hello", "10.0.2.2:1000 "), heard);
        assertEquals(0, stack.drops().total());
    }

    private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

    @Test
    void whatIsSentHasAChecksumOverThePseudoHeader() {
        meet();
        UdpPort port = open(0);
        assertTrue(port.send(new Ipv4Address(PEER_IP), 7, "odd".getBytes(UTF)));
        stack.turn();

        byte[] frame = peer.receive();
        assertEquals(port.number(), Packets.int16(frame, 34));
        assertEquals(7, Packets.int16(frame, 36));
        assertEquals(11, Packets.int16(frame, 38));
        int pseudo = Packets.sum(frame, 26, 34) + 17 + 11;
        int sum = pseudo + Packets.sum(frame, 34, 45);
        assertEquals(0xffff, (sum & 0xffff) + (sum >> 16));
    }

    @Test
    void aWrongChecksumIsDroppedAndNoneIsAccepted() {
        open(2000);
        byte[] wrong = udp(1000, 2000, "hello".getBytes(UTF));
        wrong[7] = 1;
        dropped(DropReason.UDP_CHECKSUM, ipv4(17, PEER_IP, OUR_IP, wrong));
        assertEquals(List.of(), heard);
    }

    @Test
    void lengthsThatCannotBeAreDropped() {
        open(2000);
        dropped(DropReason.UDP_SHORT, ipv4(17, PEER_IP, OUR_IP, new byte[7]));
        byte[] datagram = udp(1000, 2000, new byte[4]);
        datagram[5] = 7;
        dropped(DropReason.UDP_LENGTH, ipv4(17, PEER_IP, OUR_IP, datagram));
        datagram[5] = 13;
        dropped(DropReason.UDP_LENGTH, ipv4(17, PEER_IP, OUR_IP, datagram));
    }

    @Test
    void aDatagramLongerThanAFrameIsRefusedWithBothLengths() {
        UdpPort port = open(2000);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> port.send(new Ipv4Address(PEER_IP), 7, new byte[1473]));
        assertTrue(refused.getMessage().contains("1473 bytes"), refused.getMessage());
        assertTrue(refused.getMessage().contains("holds 1472"), refused.getMessage());
    }

    @Test
    void aPortIsOpenOnceAndFreeAgainWhenClosed() {
        UdpPort port = open(2000);
        assertThrows(IllegalArgumentException.class, () -> open(2000));
        port.close();
        open(2000).close();
        dropped(DropReason.UDP_NO_PORT, ipv4(17, 0, OUR_IP, udp(1, 2000, new byte[0])));
    }

    @Test
    void nothingLeadsOutOfTheNetworkWithoutARouter() {
        assertTrue(open(2000).send(Ipv4Address.parse("10.0.3.1"), 7, new byte[1]));
        assertEquals(1, stack.drops().of(DropReason.NO_ROUTE));
    }

    @Test
    void theLongestDatagramArrives() {
        meet();
        byte[] data = new byte[1472];
        new java.util.Random(1).nextBytes(data);
        assertTrue(open(2000).send(new Ipv4Address(PEER_IP), 7, data));
        stack.turn();
        byte[] frame = peer.receive();
        assertEquals(1514, frame.length);
        assertArrayEquals(data, java.util.Arrays.copyOfRange(frame, 42, 1514));
    }
}
