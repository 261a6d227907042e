package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DriverNeeds;
import org.jvirtio.RingFeature;
import org.jvirtio.device.NetChecksum;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetFeature;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.model.NetOptions;

/** Virtio 1.4 sections 5.1.9.2 and 5.1.9.4: who makes and who checks the checksum of a packet. */
class NetChecksumOnModelsTest {

    /** Ethernet (14) and IPv4 (20) come before UDP. */
    private static final int UDP = 34;

    private static final int CHECKSUM = 6;

    private static final DriverNeeds NEEDS = NetDriver.needsWithChecksums();

    /** A packet with its checksum, summed here in the plainest way. */
    private static byte[] whole() {
        byte[] frame = NetPairsOnModelsTest.udp(1000, 53);
        return put(frame, ~fold(sum(frame, UDP, 60) + pseudoHeader(frame)));
    }

    /** The same packet with the sum of its pseudo header where the checksum goes. */
    private static byte[] open() {
        byte[] frame = NetPairsOnModelsTest.udp(1000, 53);
        return put(frame, fold(pseudoHeader(frame)));
    }

    /** Both addresses, the protocol, the length. */
    private static int pseudoHeader(byte[] frame) {
        return sum(frame, 26, UDP) + 17 + 26;
    }

    private static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
        }
        return sum;
    }

    private static int fold(int sum) {
        return (sum & 0xffff) + (sum >>> 16);
    }

    private static byte[] put(byte[] frame, int checksum) {
        frame[UDP + CHECKSUM] = (byte) (checksum >> 8);
        frame[UDP + CHECKSUM + 1] = (byte) checksum;
        return frame;
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void theDeviceMakesTheChecksumThatWasLeftToIt(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions(), NEEDS)) {
            NetTransmitQueue queue = net.driver.transmit(0);
            int buffer = queue.take();
            queue.memory().copyFrom(queue.frame(buffer), open(), 0, 60);
            assertTrue(queue.offerOpen(buffer, 60, UDP, CHECKSUM));
            queue.submit();
            net.send(0, whole());

            assertEquals(2, net.wire.size());
            assertArrayEquals(whole(), net.wire.get(0));
            assertArrayEquals(whole(), net.wire.get(1));
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void theDeviceSaysWhatItChecked(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions(), NEEDS)) {
            byte[] broken = whole();
            broken[50] ^= 1;

            assertEquals(NetChecksum.VALID, stateOf(net, whole()));
            assertEquals(NetChecksum.UNCHECKED, stateOf(net, broken));
            assertEquals(NetChecksum.UNCHECKED, stateOf(net, NetModelCase.frameTo(1)));
            net.assertNoComplaints();
        }
    }

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void theDriverMakesTheChecksumThatWasLeftToIt(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions().leavesOpen(true), NEEDS)) {
            assertArrayEquals(whole(), net.arrive(0, whole()).get(0));
            assertEquals(NetChecksum.LEFT_OPEN, stateOf(net, whole()));
            net.assertNoComplaints();
        }
    }

    /** Refused, or not there: frames are what they are on the wire. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void withoutTheFeatureNobodyTouchesAChecksum(NetModelCase test) {
        for (boolean offered : new boolean[] {false, true}) {
            NetOptions options = new NetOptions().checksums(offered).leavesOpen(true);
            try (NetModelCase.Running net =
                    test.start(options, offered ? NetDriver.needs() : NEEDS)) {
                assertFalse(net.driver.device().has(NetFeature.CSUM));
                assertEquals(NetChecksum.UNCHECKED, stateOf(net, whole()));
                assertArrayEquals(open(), net.arrive(0, open()).get(0));
                net.assertNoComplaints();
            }
        }
    }

    /** N3, by a device that takes the header for 10 bytes where 12 are right, or 12 for 10. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void n3TheHeaderIsAsLongAsLayoutAndFeaturesSay(NetModelCase test) {
        for (boolean merges : new boolean[] {false, true}) {
            NetOptions options = new NetOptions().mergeable(merges);
            try (NetModelCase.Running net = test.start(options, NEEDS)) {
                boolean version1 = net.driver.device().has(RingFeature.VERSION_1);
                assertEquals(version1 || merges ? 12 : 10, net.driver.headerBytes());
                net.send(0, whole());
                assertEquals(List.of(60), net.wire.stream().map(frame -> frame.length).toList());
                assertArrayEquals(whole(), net.wire.get(0));
                assertArrayEquals(whole(), net.arrive(0, whole()).get(0));
            }
        }
    }

    private static NetChecksum stateOf(NetModelCase.Running net, byte[] frame) {
        net.arriveOnly(frame);
        assertEquals(1, net.driver.receive(0).harvest(1));
        NetChecksum state = net.driver.receive(0).checksum(0);
        net.driver.receive(0).refill();
        return state;
    }
}
