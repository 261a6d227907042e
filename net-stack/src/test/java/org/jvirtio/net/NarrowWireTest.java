package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvirtio.LayoutException;

/** A device whose MTU is 68, the least it may say (virtio 1.4 section 5.1.4.1). */
class NarrowWireTest {

    private Station station;
    private NetStack stack;

    @BeforeEach
    void connect() {
        station = new Station("mac=52:54:00:12:34:56,mtu=68");
        stack = new NetStack(station.driver, FrameWatch.NONE);
        stack.use(Ipv4Settings.parse(Packets.SETTINGS));
    }

    @AfterEach
    void disconnect() {
        station.close();
    }

    /** RFC 1122 section 3.2.2: a header of 60 bytes and 8 more are to be quoted. */
    @Test
    void anErrorThatQuotesMoreThanAFrameHoldsIsDropped() {
        byte[] datagram = Packets.udp(1000, 2000, new byte[0]);
        byte[] options = new byte[40];
        Arrays.fill(options, (byte) 1);
        byte[] packet = Arrays.copyOf(options, options.length + datagram.length);
        System.arraycopy(datagram, 0, packet, options.length, datagram.length);
        byte[] frame = Packets.ipv4(17, Packets.PEER_IP, Packets.OUR_IP, packet);
        frame[14] = 0x4f;
        byte[] known = Packets.arp(1, Packets.PEER_MAC, Packets.PEER_IP, 0, Packets.OUR_IP);
        stack.receive(Station.frame(known), System.nanoTime());

        stack.receive(Station.frame(Packets.withHeaderSum(frame)), System.nanoTime());
        assertEquals(1, stack.drops().of(DropReason.TOO_LONG), stack.drops()::toString);
        stack.turn();
    }

    /** Its sender's MTU is another one. */
    @Test
    void aDatagramMayBeLongerThanWhatCanBeSent() {
        List<Integer> lengths = new ArrayList<>();
        UdpPort port = stack.open(7, (own, datagram) -> lengths.add(datagram.length()));
        byte[] long100 = Packets.udp(1000, 7, new byte[100]);
        byte[] frame = Packets.ipv4(17, Packets.PEER_IP, Packets.OUR_IP, long100);
        stack.receive(Station.frame(frame), System.nanoTime());

        assertEquals(List.of(100), lengths, stack.drops()::toString);
        assertEquals(68 - 20 - 8, port.longestData());
        Ipv4Address peer = new Ipv4Address(Packets.PEER_IP);
        assertTrue(port.send(peer, 1000, new byte[40]));
        assertThrows(IllegalArgumentException.class, () -> port.send(peer, 1000, new byte[41]));
    }

    @Test
    void aDhcpMessageThatNoFrameHoldsIsRefusedBeforeItIsDue() {
        LayoutException refused = assertThrows(LayoutException.class, stack::dhcp);
        assertTrue(refused.getMessage().contains("300"), refused::getMessage);
        stack.turn();
    }
}
