package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.partner.PartnerNet.frame;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.Feature;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 section 5.1.9: many frames in flight, in both directions. */
class NetQueueTest extends StartedNet {

    /** Header and frame together or apart, short or long header, with each way of the ring. */
    static List<List<Feature>> featureSets() {
        List<List<Feature>> sets = new ArrayList<>();
        for (Feature framing :
                List.of(
                        RingFeature.NOTIFY_ON_EMPTY,
                        RingFeature.ANY_LAYOUT,
                        RingFeature.VERSION_1)) {
            for (Feature buffers : List.of(NetFeature.MAC, NetFeature.MRG_RXBUF)) {
                for (Feature ring :
                        List.of(
                                RingFeature.NOTIFY_ON_EMPTY,
                                RingFeature.INDIRECT_DESC,
                                RingFeature.EVENT_IDX,
                                RingFeature.IN_ORDER,
                                RingFeature.RING_PACKED)) {
                    sets.add(List.of(framing, buffers, ring));
                }
            }
        }
        return sets;
    }

    /** Section 5.1.4.2: "enough receive buffers to receive at least one" packet "of size mtu". */
    @ParameterizedTest
    @ValueSource(ints = {68, 1500, 1501, 9000, 26000, 65535})
    void aFrameOfTheWholeMtuArrivesThoughItIsInPieces(int mtu) {
        net = new PartnerNet(RingFeature.VERSION_1, NetFeature.MRG_RXBUF, NetFeature.MTU);
        net.config.set(NetConfig.MTU, mtu);
        open();
        byte[] sent = frame(driver.frameBytes(), mtu);

        assertEquals(1, arrive(sent));

        assertArrayEquals(sent, received(0));
    }

    /** The same clause: whoever has four buffers of the usual length drops each frame of 9000. */
    @ParameterizedTest
    @CsvSource({
        "1, VERSION_1",
        "2, VERSION_1",
        "4, VERSION_1",
        "8, VERSION_1",
        "2, NOTIFY_ON_EMPTY",
        "4, NOTIFY_ON_EMPTY",
        "8, NOTIFY_ON_EMPTY"
    })
    void aFrameOfTheWholeMtuArrivesOnAShortQueue(int entries, RingFeature framing) {
        net = new PartnerNet(framing, NetFeature.MRG_RXBUF, NetFeature.MTU);
        net.transport.largestQueue = entries;
        net.config.set(NetConfig.MTU, 9000);
        open();
        for (int i = 0; i < 5; i++) {
            byte[] sent = frame(driver.frameBytes(), i);

            assertEquals(1, arrive(sent));

            assertArrayEquals(sent, received(0));
            receive.refill();
        }
    }

    /** The buffers of one are the driver's then; without others the device has to drop. */
    @Test
    void theNextFrameOfTheWholeMtuArrivesWhileOneIsLookedAt() {
        net = new PartnerNet(RingFeature.VERSION_1, NetFeature.MRG_RXBUF, NetFeature.MTU);
        net.transport.largestQueue = 4;
        net.config.set(NetConfig.MTU, 9000);
        open();
        assertEquals(1, arrive(frame(driver.frameBytes(), 1)));
        assertEquals(1, arrive(frame(driver.frameBytes(), 2)));
        assertArrayEquals(frame(driver.frameBytes(), 2), received(0));
    }

    @ParameterizedTest
    @MethodSource("featureSets")
    void bringsFramesOfEveryLengthThereAndBack(List<Feature> features) {
        start(features.toArray(Feature[]::new));
        net.peer.loops = true;
        int harvested = 0;
        for (int length = 14; length <= driver.frameBytes(); length++) {
            byte[] frame = frame(length, length);
            offer(frame);
            transmit.submit();
            harvested += transmit.harvest();
            net.transport.device.run();
            assertEquals(1, receive.harvest(256), "frames of " + length + " bytes");
            assertArrayEquals(frame, net.peer.sent.get(length - 14));
            assertArrayEquals(frame, received(0));
            receive.refill();
        }
        assertEquals(driver.frameBytes() - 13, harvested + transmit.harvest());
        assertEquals(0, receive.dropped());
    }

    @ParameterizedTest
    @MethodSource("featureSets")
    void sendsAsManyAtATimeAsThereAreBuffers(List<Feature> features) {
        start(features.toArray(Feature[]::new));
        net.peer.holds = true;
        for (int round = 0; round < 3; round++) {
            int all = transmit.capacity();
            for (int i = 0; i < all; i++) {
                offer(frame(64, i));
            }
            assertEquals(NetTransmitQueue.NONE, transmit.take());
            assertEquals(all, transmit.inFlight());
            transmit.submit();
            net.transport.device.run();
            assertEquals(0, transmit.harvest());
            net.peer.releaseSent(net.transmitRing(), all);
            assertEquals(all, transmit.harvest());
        }
        assertArrayEquals(frame(64, 5), net.peer.sent.get(5));
    }

    /** One doorbell for the whole batch, and the device reads the index once. */
    @Test
    void ringsOnceForABatch() {
        start(RingFeature.VERSION_1);
        int before = net.transport.calls.size();
        for (int i = 0; i < 32; i++) {
            offer(frame(64, i));
        }
        assertTrue(net.peer.sent.isEmpty());
        transmit.submit();

        assertEquals(List.of("ring 1"), net.transport.calls.subList(before, before + 1));
        assertEquals(before + 1, net.transport.calls.size());
        assertEquals(32, net.peer.sent.size());
    }

    @Test
    void harvestsNoMoreThanIsAskedFor() {
        start(RingFeature.VERSION_1);
        for (int i = 0; i < 10; i++) {
            net.peer.arrive(frame(60 + i, i));
        }
        net.transport.device.run();

        assertEquals(4, receive.harvest(4));
        assertArrayEquals(frame(63, 3), received(3));
        assertEquals(6, receive.harvest(256));
        assertArrayEquals(frame(64, 4), received(0));
        receive.refill();
        assertEquals(receive.capacity(), receive.inFlight());
        assertThrows(IndexOutOfBoundsException.class, () -> receive.length(0));
    }

    /** With checksums left to the other side, too, and of frames that are dropped. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allocatesNothingPerFrame(boolean checksums) {
        net =
                new PartnerNet(
                        RingFeature.VERSION_1,
                        NetFeature.MRG_RXBUF,
                        RingFeature.EVENT_IDX,
                        NetFeature.CSUM,
                        NetFeature.GUEST_CSUM);
        net.peer.takesOffloads = checksums;
        net.peer.offload[0] = 1;
        net.peer.offload[6] = 34;
        driver =
                NetDriver.start(
                        net.transport,
                        checksums ? NetDriver.needsWithChecksums() : NetDriver.needs());
        transmit = driver.transmit(0);
        receive = driver.receive(0);
        byte[] copy = new byte[3000];
        net.transport.device = () -> {};
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < 600; i++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < 32; j++) {
                int buffer = transmit.take();
                boolean open = checksums && j % 2 == 0;
                assertTrue(
                        open ? transmit.offerOpen(buffer, 64, 34, 16) : transmit.offer(buffer, 64));
            }
            transmit.submit();
            receive.refill();
            long offered = thread.getCurrentThreadAllocatedBytes() - before;
            net.peer.transmit(net.transmitRing(), net.transport.memory);
            net.peer.arrive(frame(64, i));
            net.peer.arrive(frame(3000, i));
            net.peer.arrive(frame(13, i));
            net.peer.receive(net.receiveRing(), net.transport.memory);
            before = thread.getCurrentThreadAllocatedBytes();
            int sent = transmit.harvest();
            int got = receive.harvest(32);
            long bytes = 0;
            for (int j = 0; j < got; j++) {
                bytes += receive.copyTo(j, copy, 0) + receive.checksum(j).name().length();
            }
            boolean warm = i >= 100;
            allocated += warm ? offered + thread.getCurrentThreadAllocatedBytes() - before : 0;
            assertEquals(32, sent);
            assertEquals(2, got);
            assertTrue(bytes >= 3064);
        }
        assertEquals(0, allocated);
    }

    @Test
    void putsAFrameOfManyBuffersTogether() {
        start(RingFeature.VERSION_1, NetFeature.MRG_RXBUF);
        for (int length : new int[] {1518, 1519, 9000, 25000}) {
            assertEquals(1, arrive(frame(length, length)));
            // The first buffer has the header too, the others frame only.
            assertEquals((length + 12 + 1529) / 1530, receive.pieces(0));
            assertArrayEquals(frame(length, length), received(0));
            receive.refill();
        }
        assertEquals(0, receive.dropped());
    }

    @Test
    void putsAMergedFrameTogetherWhereTheHeaderHasItsOwnDescriptor() {
        start(NetFeature.MRG_RXBUF);

        assertEquals(1, arrive(frame(5000, 1)));
        assertEquals(4, receive.pieces(0));
        assertArrayEquals(frame(5000, 1), received(0));
    }

    @Test
    void waitsForAFrameThatMustCome() {
        start(RingFeature.VERSION_1);
        net.peer.loops = true;
        net.peer.holds = true;
        offer(frame(64, 9));
        transmit.submit();

        assertEquals(1, receive.await(8));
        assertArrayEquals(frame(64, 9), received(0));
        net.peer.holds = false;
        assertEquals(1, transmit.await());
        assertFalse(net.peer.sent.isEmpty());
    }
}
