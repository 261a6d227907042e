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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Feature;
import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 section 5.1.9: many frames in flight, in both directions. */
class NetQueueTest {

    private PartnerNet net;
    private NetDriver driver;
    private NetTransmitQueue transmit;
    private NetReceiveQueue receive;

    private void start(Feature... offered) {
        net = new PartnerNet(offered);
        open();
    }

    private void open() {
        driver = NetDriver.start(net.transport);
        transmit = driver.transmit(0);
        receive = driver.receive(0);
    }

    private void offer(byte[] frame) {
        int buffer = transmit.take();
        PartnerNet.put(transmit.memory(), transmit.frame(buffer), frame);
        assertTrue(transmit.offer(buffer, frame.length));
    }

    /** What arrives at the device is there for the driver. */
    private int arrive(byte[] frame) {
        net.peer.arrive(frame);
        net.transport.device.run();
        return receive.harvest(256);
    }

    private byte[] received(int index) {
        byte[] frame = new byte[receive.length(index)];
        assertEquals(frame.length, receive.copyTo(index, frame, 0));
        return frame;
    }

    private void assertDropped(NetDrop reason, byte[] frame) {
        assertEquals(0, arrive(frame));
        assertEquals(1, receive.dropped(reason));
        assertEquals(1, receive.dropped());
    }

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

    @Test
    void allocatesNothingPerFrame() {
        start(RingFeature.VERSION_1, NetFeature.MRG_RXBUF, RingFeature.EVENT_IDX);
        net.transport.device = () -> {};
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < 600; i++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < 32; j++) {
                transmit.offer(transmit.take(), 64);
            }
            transmit.submit();
            receive.refill();
            long offered = thread.getCurrentThreadAllocatedBytes() - before;
            net.peer.transmit(net.transmitRing(), net.transport.memory);
            net.peer.arrive(frame(64, i));
            net.peer.arrive(frame(3000, i));
            net.peer.receive(net.receiveRing(), net.transport.memory);
            before = thread.getCurrentThreadAllocatedBytes();
            int sent = transmit.harvest();
            int got = receive.harvest(32);
            long bytes = 0;
            for (int j = 0; j < got; j++) {
                bytes += receive.length(j) + receive.memory().read8(receive.frame(j));
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
    void refusesABufferThatIsNotTheCallers() {
        start(RingFeature.VERSION_1);
        int buffer = transmit.take();
        transmit.offer(buffer, 64);

        assertThrows(IllegalStateException.class, () -> transmit.offer(buffer, 64));
        assertThrows(IllegalStateException.class, () -> transmit.putBack(buffer));
        transmit.putBack(transmit.take());
        assertEquals(1, transmit.inFlight());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 13, 1519, Integer.MAX_VALUE})
    void refusesToSendWhatIsNoFrame(int length) {
        start(RingFeature.VERSION_1);
        int buffer = transmit.take();

        assertThrows(IllegalArgumentException.class, () -> transmit.offer(buffer, length));
        assertTrue(transmit.offer(buffer, 14), "the buffer is still the caller's");
    }

    @Test
    void refusesQueuesTooShortForHeaderAndFrame() {
        net = new PartnerNet();
        net.transport.largestQueue = 1;

        String message =
                assertThrows(LayoutException.class, () -> NetDriver.start(net.transport))
                        .getMessage();

        assertTrue(message.contains("header and frame need one each"), message);
    }

    /**
     * Found by fuzzing the registers of a legacy device: with INDIRECT_DESC a queue of one entry
     * was thought to be enough for two buffers, and a caller's mistake was reported instead
     * (2.7.5.3.1).
     */
    @Test
    void refusesQueuesTooShortForHeaderAndFrameWithIndirectDescriptorsToo() {
        net = new PartnerNet(RingFeature.INDIRECT_DESC);
        net.transport.largestQueue = 1;

        String message =
                assertThrows(LayoutException.class, () -> NetDriver.start(net.transport))
                        .getMessage();

        assertTrue(message.contains("it has 1 entry"), message);
    }

    @Test
    void touchesNothingAfterTheDeviceWasClosed() {
        start(RingFeature.VERSION_1);
        driver.close();

        assertThrows(DeviceBrokenException.class, () -> transmit.take());
        assertThrows(DeviceBrokenException.class, () -> receive.refill());
        assertThrows(DeviceBrokenException.class, () -> receive.harvest(1));
    }

    @Test
    void u5BreaksAVersion1DeviceThatClaimsToHaveWrittenFrames() {
        start(RingFeature.VERSION_1);
        net.transport.device = () -> {};
        offer(frame(64, 1));
        transmit.submit();
        net.transmitRing().use(net.transmitRing().take().id(), 1);

        assertThrows(DeviceBrokenException.class, () -> transmit.harvest());
    }

    /** U6: "RT-Thread 11327", a length before the frame that went below zero. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11})
    void u6DropsWhatIsShorterThanTheHeader(int used) {
        start(RingFeature.VERSION_1);
        net.peer.lengthLie = used - 76;

        assertDropped(NetDrop.NO_HEADER, frame(64, 1));
        receive.refill();
        assertEquals(receive.capacity(), receive.inFlight(), "the buffer is used again");
    }

    @Test
    void u6KeepsTheShortHeaderApartFromTheLongOne() {
        start(RingFeature.ANY_LAYOUT);
        net.peer.lengthLie = 9 - 74;

        assertDropped(NetDrop.NO_HEADER, frame(64, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 18, 100, 257, 0xffff})
    void n1DropsAFrameOfSoManyBuffersAsCannotBe(int numBuffers) {
        start(RingFeature.VERSION_1, NetFeature.MRG_RXBUF);
        net.peer.numBuffers = numBuffers;

        assertDropped(NetDrop.NUM_BUFFERS, frame(64, 1));
        net.peer.numBuffers = -1;
        assertEquals(1, arrive(frame(64, 2)));
        assertArrayEquals(frame(64, 2), received(0));
    }

    /** "Take back the buffers actually named": they hold no headers. */
    @Test
    void n1TakesTheBuffersOfADroppedFrameBack() {
        start(RingFeature.VERSION_1, NetFeature.MRG_RXBUF);

        assertDropped(NetDrop.NUM_BUFFERS, frame(17 * 1530 - 11, 1));
        receive.refill();
        assertEquals(receive.capacity(), receive.inFlight());
        assertEquals(1, arrive(frame(64, 2)));
    }

    @Test
    void n1DropsAFrameOfWhichBuffersAreMissing() {
        start(RingFeature.VERSION_1, NetFeature.MRG_RXBUF);
        net.peer.numBuffers = 4;
        net.peer.mostBuffers = 2;

        assertDropped(NetDrop.MISSING_BUFFERS, frame(5000, 1));
        net.peer.numBuffers = -1;
        receive.refill();
        assertEquals(1, arrive(frame(64, 2)));
    }

    @Test
    void n1DropsAFrameOfMoreBuffersThanTheDeviceWasGiven() {
        net = new PartnerNet(RingFeature.VERSION_1, NetFeature.MRG_RXBUF);
        net.transport.largestQueue = 4;
        open();
        net.peer.numBuffers = 5;

        assertDropped(NetDrop.NUM_BUFFERS, frame(64, 1));
    }

    /** num_buffers exists in the longer header; without MRG_RXBUF it says nothing. */
    @Test
    void n1LooksAtNumBuffersOnlyWhereFramesAreMerged() {
        start(RingFeature.VERSION_1);
        net.peer.numBuffers = 7;

        assertEquals(1, arrive(frame(64, 1)));
        assertEquals(1, receive.pieces(0));
    }

    @Test
    void n2BreaksAVersion1DeviceThatClaimsMoreThanItsBufferHolds() {
        start(RingFeature.VERSION_1);
        net.peer.lengthLie = 1518;

        assertThrows(DeviceBrokenException.class, () -> arrive(frame(64, 1)));
    }

    /** CVE-2025-38375, CVE-2025-40292: a length that was believed. */
    @Test
    void n2DropsWhatAnOldDeviceClaimsBeyondItsBuffer() {
        start(RingFeature.ANY_LAYOUT);
        net.peer.lengthLie = 5000;

        assertDropped(NetDrop.CLAIMED_TOO_MUCH, frame(64, 1));
        net.peer.lengthLie = 0;
        assertEquals(1, arrive(frame(64, 2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13})
    void n5DropsWhatIsShorterThanTheHeaderOfEthernet(int length) {
        start(RingFeature.VERSION_1);

        assertDropped(NetDrop.RUNT, frame(length, 1));
    }

    @Test
    void showsNothingOfDroppedFramesAmongTheOthers() {
        start(RingFeature.VERSION_1);
        for (int length : new int[] {60, 13, 61, 5, 62}) {
            net.peer.arrive(frame(length, length));
        }
        net.transport.device.run();

        assertEquals(3, receive.harvest(256));
        for (int i = 0; i < 3; i++) {
            assertEquals(1, receive.pieces(i));
            assertArrayEquals(frame(60 + i, 60 + i), received(i));
        }
        assertEquals(2, receive.dropped(NetDrop.RUNT));
    }

    @Test
    void n5DropsWhatIsLongerThanTheMtu() {
        net = new PartnerNet(RingFeature.VERSION_1, NetFeature.MTU);
        net.config.set(NetConfig.MTU, 1000);
        open();

        assertDropped(NetDrop.TOO_LONG, frame(1019, 1));
        assertEquals(1, arrive(frame(1018, 1)));
    }

    @Test
    void u12FindsTheDeviceThatWritesPastItsBuffer() {
        start(RingFeature.VERSION_1);
        net.peer.overrun = 64;
        net.peer.arrive(frame(64, 1));
        net.peer.arrive(frame(64, 2));
        net.transport.device.run();

        String message =
                assertThrows(DeviceBrokenException.class, () -> receive.harvest(2)).getMessage();

        assertTrue(message.contains("the canary before buffer 1 is gone"), message);
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
