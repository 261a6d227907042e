package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.partner.PartnerNet.frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 section 5.1.9.4: frames that a device did not bring as it has to. */
class NetFaultTest extends StartedNet {

    private void assertDropped(NetDrop reason, byte[] frame) {
        assertEquals(0, arrive(frame));
        assertEquals(1, receive.dropped(reason));
        assertEquals(1, receive.dropped());
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
}
