package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stacks, each over a driver and a device, on one wire. */
class PingTest {

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "legacy", "register-set"})
    void twoStacksPingEachOtherInEveryLayout(String layout) {
        try (Station near = new Station("hub=ping-" + layout + ",layout=" + layout);
                Station far = new Station("hub=ping-" + layout + ",layout=" + layout)) {
            NetStack one = new NetStack(near.driver, FrameWatch.NONE);
            NetStack other = new NetStack(far.driver, FrameWatch.NONE);
            one.use(Ipv4Settings.parse("192.168.7.1/24"));
            other.use(Ipv4Settings.parse("192.168.7.2/24"));
            for (int bytes : new int[] {0, 1, 56, 1472}) {
                Ping there = one.ping(Ipv4Address.parse("192.168.7.2"), bytes);
                Ping back = other.ping(Ipv4Address.parse("192.168.7.1"), bytes);
                Station.turnUntil(() -> there.isAnswered() && back.isAnswered(), one, other);
                assertTrue(there.roundTrip().orElseThrow().compareTo(Duration.ZERO) > 0);
            }
            assertEquals("none", one.drops().toString());
            assertEquals("none", other.drops().toString());
        }
    }

    @Test
    void anAnswerWithOtherDataIsNone() {
        try (Station near = new Station("mac=52:54:00:12:34:56")) {
            NetStack stack = new NetStack(near.driver, FrameWatch.NONE);
            stack.use(Ipv4Settings.parse(Packets.SETTINGS));
            Ping ping = stack.ping(new Ipv4Address(Packets.PEER_IP), 2);
            int asked = ping.identifier() << 16 | ping.sequence();
            int first = ping.sequence() & 0xff;
            byte[] other = {(byte) first, (byte) first};
            answer(stack, Packets.icmp(0, 0, asked, other));
            assertFalse(ping.isAnswered());

            byte[] same = {(byte) first, (byte) (first + 1)};
            answer(stack, Packets.icmp(0, 0, asked, same));
            assertTrue(ping.isAnswered());
            assertEquals(1, stack.drops().of(DropReason.ICMP_NOT_ASKED));
        }
    }

    @Test
    void waitingForNobodyEndsAtTheLimit() {
        try (Station near = new Station("hub=alone")) {
            NetStack stack = new NetStack(near.driver, FrameWatch.NONE);
            stack.use(Ipv4Settings.parse(Packets.SETTINGS));
            Ping ping = stack.ping(new Ipv4Address(Packets.PEER_IP), 2);
            long begin = System.nanoTime();
            assertFalse(stack.await(ping::isAnswered, Duration.ofMillis(300)));
            assertTrue(System.nanoTime() - begin < 5_000_000_000L);
        }
    }

    private static void answer(NetStack stack, byte[] message) {
        byte[] frame = Packets.ipv4(1, Packets.PEER_IP, Packets.OUR_IP, message);
        stack.receive(Station.frame(frame), System.nanoTime());
    }
}
