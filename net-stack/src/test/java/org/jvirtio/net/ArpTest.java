package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.jvirtio.net.Packets.OUR_IP;
import static org.jvirtio.net.Packets.OUR_MAC;
import static org.jvirtio.net.Packets.PEER_IP;
import static org.jvirtio.net.Packets.PEER_MAC;
import static org.jvirtio.net.Packets.arp;

import org.junit.jupiter.api.Test;

/** RFC 826, RFC 1122 section 2.3.2 and RFC 5227 section 1.1. */
class ArpTest extends StackOnAWire {

    @Test
    void aRequestForOurAddressIsAnsweredToWhoAsked() {
        receive(arp(1, PEER_MAC, PEER_IP, 0, OUR_IP));

        byte[] expected = arp(2, OUR_MAC, OUR_IP, PEER_MAC, PEER_IP);
        System.arraycopy(Packets.bytes("525400abcdef 525400123456"), 0, expected, 0, 12);
        assertArrayEquals(expected, peer.receive());
        assertEquals(1, stack.neighbours());
        assertEquals(0, stack.drops().total());
    }

    @Test
    void aProbeIsAnsweredAndNothingLearnedFromIt() {
        receive(arp(1, PEER_MAC, 0, 0, OUR_IP));

        assertEquals(2, Packets.int16(peer.receive(), 20));
        assertEquals(0, stack.neighbours());
    }

    @Test
    void aPacketWaitsForTheAnswerToItsRequest() {
        stack.ping(new Ipv4Address(PEER_IP), 4);
        stack.turn();
        byte[] asked = peer.receive();
        assertEquals(0xffffffffffffL, Packets.mac(asked, 0));
        assertEquals(1, Packets.int16(asked, 20));
        assertEquals(PEER_IP, Packets.int32(asked, 38));

        receive(arp(2, PEER_MAC, PEER_IP, OUR_MAC, OUR_IP));
        byte[] ping = peer.receive();
        assertEquals(PEER_MAC, Packets.mac(ping, 0));
        assertEquals(0x0800, Packets.int16(ping, 12));
        assertEquals(46, ping.length);
    }

    @Test
    void onlyTheLatestPacketWaits() {
        stack.ping(new Ipv4Address(PEER_IP), 4);
        stack.ping(new Ipv4Address(PEER_IP), 5);
        stack.turn();
        peer.receive();

        receive(arp(2, PEER_MAC, PEER_IP, OUR_MAC, OUR_IP));
        assertEquals(47, peer.receive().length);
        assertEquals(1, stack.drops().of(DropReason.UNRESOLVED));
    }

    @Test
    void whoDoesNotAnswerIsAskedThreeTimesASecondApartAndThenGivenUp() {
        long now = System.nanoTime();
        stack.ping(new Ipv4Address(PEER_IP), 4);
        for (int seconds = 1; seconds <= 3; seconds++) {
            assertEquals(0, stack.drops().total());
            stack.tick(now + seconds * 1_000_000_000L - 500_000_000L);
            stack.tick(now + seconds * 1_000_000_000L + 500_000_000L * seconds);
        }
        stack.turn();

        assertEquals(1, stack.drops().of(DropReason.UNRESOLVED));
        assertEquals(0, stack.neighbours());
        for (int i = 0; i < 3; i++) {
            assertEquals(PEER_IP, Packets.int32(peer.receive(), 38));
        }
    }

    @Test
    void anAddressIsForgottenAfterAMinuteUnlessItsHostWasHeard() {
        meet();
        stack.tick(System.nanoTime() + 59_000_000_000L);
        assertEquals(1, stack.neighbours());
        byte[] heard = arp(1, PEER_MAC, PEER_IP, 0, PEER_IP + 1);
        stack.receive(Station.frame(heard), System.nanoTime() + 59_000_000_000L);
        stack.tick(System.nanoTime() + 117_000_000_000L);
        assertEquals(1, stack.neighbours());
        stack.tick(System.nanoTime() + 120_000_000_000L);
        assertEquals(0, stack.neighbours());
    }

    @Test
    void aFloodOfHostsLeavesTheTableAsLargeAsItIs() {
        for (int host = 1; host <= 200; host++) {
            receive(arp(1, PEER_MAC + host, 0x0a000200 + host + (host >= 15 ? 1 : 0), 0, OUR_IP));
            peer.receive();
        }
        assertEquals(ArpTable.CAPACITY, stack.neighbours());
        assertEquals(0, stack.drops().total());
    }

    @Test
    void whoClaimsOurAddressIsNotBelieved() {
        dropped(DropReason.ARP_CONFLICT, arp(2, PEER_MAC, OUR_IP, OUR_MAC, OUR_IP));
        assertEquals(0, stack.neighbours());
    }

    @Test
    void whatIsNotForUsIsDroppedForItsReason() {
        dropped(DropReason.ARP_NOT_ASKED, arp(1, PEER_MAC, PEER_IP, 0, PEER_IP + 1));
        dropped(DropReason.ARP_SENDER, arp(1, 0, PEER_IP, 0, OUR_IP));
        dropped(DropReason.ARP_SENDER, arp(1, PEER_MAC, 0x7f000001, 0, OUR_IP));
        dropped(DropReason.ARP_SENDER, arp(1, 0x0100_5e00_0001L, PEER_IP, 0, OUR_IP));
        byte[] other = arp(1, PEER_MAC, PEER_IP, 0, OUR_IP);
        other[17] = 6;
        dropped(DropReason.ARP_OTHER_PROTOCOL, other);
        dropped(DropReason.ARP_SHORT, java.util.Arrays.copyOf(other, 41));
    }
}
