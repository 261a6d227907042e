package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.jvirtio.net.Packets.OUR_IP;
import static org.jvirtio.net.Packets.PEER_IP;
import static org.jvirtio.net.Packets.icmp;
import static org.jvirtio.net.Packets.ipv4;
import static org.jvirtio.net.Packets.udp;
import static org.jvirtio.net.Packets.withHeaderSum;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** RFC 791, RFC 792 and RFC 1122 sections 3.2.1 and 3.2.2: what comes in. */
class Ipv4Test extends StackOnAWire {

    private static final byte[] ECHO = icmp(8, 0, 0x12340001, Packets.bytes("00112233445566"));

    @Test
    void anEchoRequestComesBackWithAllItsData() {
        meet();
        receive(ipv4(1, PEER_IP, OUR_IP, ECHO));

        byte[] reply = peer.receive();
        assertEquals(Packets.PEER_MAC, Packets.mac(reply, 0));
        assertEquals(OUR_IP, Packets.int32(reply, 26));
        assertEquals(PEER_IP, Packets.int32(reply, 30));
        assertEquals(0xffff, Packets.sum(reply, 14, 34), "the header's checksum");
        assertArrayEquals(
                icmp(0, 0, 0x12340001, Packets.bytes("00112233445566")),
                Arrays.copyOfRange(reply, 34, reply.length));
    }

    @Test
    void whatFollowsTheTotalLengthIsPadding() {
        meet();
        receive(Arrays.copyOf(ipv4(1, PEER_IP, OUR_IP, ECHO), 60));

        assertEquals(49, peer.receive().length);
    }

    @Test
    void optionsAreSkipped() {
        meet();
        byte[] plain = ipv4(1, PEER_IP, OUR_IP, ECHO);
        byte[] longer = new byte[plain.length + 8];
        System.arraycopy(plain, 0, longer, 0, 34);
        Arrays.fill(longer, 34, 42, (byte) 1);
        System.arraycopy(plain, 34, longer, 42, ECHO.length);
        longer[14] = 0x47;
        longer[17] = (byte) (longer[17] + 8);
        receive(withHeaderSum(longer));

        assertEquals(49, peer.receive().length);
    }

    @Test
    void theFirstFragmentIsAnsweredWithReassemblyTimeExceededAndTheOthersAreCounted() {
        meet();
        byte[] first = ipv4(17, PEER_IP, OUR_IP, udp(1000, 2000, new byte[8]));
        first[20] = 0x20;
        dropped(DropReason.IP_FRAGMENT, withHeaderSum(first));
        byte[] error = peer.receive();
        assertEquals(11 << 8 | 1, Packets.int16(error, 34));
        assertArrayEquals(
                Arrays.copyOfRange(first, 14, 42), Arrays.copyOfRange(error, 42, error.length));

        byte[] second = ipv4(17, PEER_IP, OUR_IP, new byte[8]);
        second[21] = 1;
        dropped(DropReason.IP_FRAGMENT, withHeaderSum(second));
        receive(ipv4(1, PEER_IP, OUR_IP, ECHO));
        assertEquals(0, Packets.int16(peer.receive(), 34), "nothing between but the echo");
    }

    @Test
    void aPortThatIsNotOpenIsUnreachable() {
        meet();
        dropped(DropReason.UDP_NO_PORT, ipv4(17, PEER_IP, OUR_IP, udp(1000, 2000, new byte[3])));

        byte[] error = peer.receive();
        assertEquals(3 << 8 | 3, Packets.int16(error, 34));
        assertEquals(0xffff, Packets.sum(error, 34, error.length), "the message's checksum");
    }

    @Test
    void aProtocolThatNobodyHasIsUnreachable() {
        meet();
        dropped(DropReason.IP_PROTOCOL, ipv4(6, PEER_IP, OUR_IP, new byte[20]));

        assertEquals(3 << 8 | 2, Packets.int16(peer.receive(), 34));
    }

    @Test
    void aFloodGetsTenErrorsAndNoMore() {
        meet();
        for (int i = 0; i < 50; i++) {
            receive(ipv4(17, PEER_IP, OUR_IP, udp(1000, 2000, new byte[3])));
        }
        assertEquals(50, stack.drops().of(DropReason.UDP_NO_PORT));
        long refused = stack.drops().of(DropReason.ERROR_LIMIT);
        org.junit.jupiter.api.Assertions.assertTrue(refused >= 35, stack.drops()::toString);
    }

    @Test
    void aWrongHeaderIsDroppedForItsReason() {
        byte[] right = ipv4(1, PEER_IP, OUR_IP, ECHO);
        dropped(DropReason.IP_SHORT, Arrays.copyOf(right, 33));
        dropped(DropReason.IP_VERSION, with(right, 14, 0x65));
        dropped(DropReason.IP_HEADER_LENGTH, with(right, 14, 0x44));
        dropped(DropReason.IP_HEADER_LENGTH, with(Arrays.copyOf(right, 40), 14, 0x4f));
        dropped(DropReason.IP_TOTAL_LENGTH, with(right, 17, 19));
        dropped(DropReason.IP_TOTAL_LENGTH, with(right, 16, 1));
        byte[] damaged = right.clone();
        damaged[22] = 1;
        dropped(DropReason.IP_CHECKSUM, damaged);
    }

    @Test
    void addressesThatCannotBeAreDropped() {
        dropped(DropReason.IP_SOURCE, ipv4(1, 0xe0000001, OUR_IP, ECHO));
        dropped(DropReason.IP_SOURCE, ipv4(1, 0x7f000001, OUR_IP, ECHO));
        dropped(DropReason.IP_SOURCE, ipv4(1, OUR_IP, OUR_IP, ECHO));
        dropped(DropReason.IP_SOURCE, ipv4(1, 0x0a0002ff, OUR_IP, ECHO));
        dropped(DropReason.IP_NOT_OURS, ipv4(1, PEER_IP, OUR_IP + 1, ECHO));
        byte[] forAll = ipv4(1, PEER_IP, OUR_IP, ECHO);
        Arrays.fill(forAll, 0, 6, (byte) 0xff);
        dropped(DropReason.IP_NOT_OURS, forAll);
    }

    @Test
    void icmpThatIsNotForUsIsDroppedForItsReason() {
        dropped(DropReason.ICMP_SHORT, ipv4(1, PEER_IP, OUR_IP, new byte[7]));
        byte[] damaged = ECHO.clone();
        damaged[9] = (byte) (damaged[9] ^ 1);
        dropped(DropReason.ICMP_CHECKSUM, ipv4(1, PEER_IP, OUR_IP, damaged));
        dropped(DropReason.ICMP_TYPE, ipv4(1, PEER_IP, OUR_IP, icmp(13, 0, 0, new byte[12])));
        dropped(DropReason.ICMP_NOT_ASKED, ipv4(1, PEER_IP, OUR_IP, icmp(0, 0, 7, new byte[4])));
        dropped(DropReason.ICMP_TO_MANY, ipv4(1, PEER_IP, 0x0a0002ff, ECHO));
    }

    @Test
    void ethernetThatIsNotForUsIsDroppedForItsReason() {
        byte[] right = ipv4(1, PEER_IP, OUR_IP, ECHO);
        dropped(DropReason.RUNT, new byte[13]);
        byte[] other = right.clone();
        other[5] = (byte) (other[5] ^ 1);
        dropped(DropReason.NOT_OUR_MAC, other);
        byte[] group = right.clone();
        group[6] = (byte) (group[6] | 1);
        dropped(DropReason.SENT_BY_A_GROUP, group);
        byte[] tagged = right.clone();
        tagged[12] = (byte) 0x81;
        dropped(DropReason.UNKNOWN_TYPE, tagged);
    }

    private static byte[] with(byte[] frame, int at, int value) {
        byte[] changed = frame.clone();
        changed[at] = (byte) value;
        int end = 14 + 4 * (changed[14] & 0xf);
        return end <= changed.length ? withHeaderSum(changed) : changed;
    }
}
