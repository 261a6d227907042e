package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.partner.PartnerNet.frame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Feature;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 sections 5.1.9.2 and 5.1.9.4: what header and driver say of checksums. */
class NetChecksumTest extends StartedNet {

    private void startWithChecksums(RingFeature ring, NetFeature... more) {
        List<Feature> offered = new ArrayList<>(List.of(more));
        offered.addAll(List.of(ring, NetFeature.CSUM, NetFeature.GUEST_CSUM));
        net = new PartnerNet(offered.toArray(Feature[]::new));
        net.peer.takesOffloads = true;
        driver = NetDriver.start(net.transport, NetDriver.needsWithChecksums());
        transmit = driver.transmit(0);
        receive = driver.receive(0);
    }

    private void header(int flags, int gso, int start, int offset) {
        net.peer.offload =
                new byte[] {
                    (byte) flags,
                    (byte) gso,
                    0,
                    0,
                    0,
                    0,
                    (byte) start,
                    (byte) (start >> 8),
                    (byte) offset,
                    (byte) (offset >> 8)
                };
    }

    @ParameterizedTest
    @CsvSource({
        "0, UNCHECKED",
        "2, VALID",
        "1, LEFT_OPEN",
        "3, LEFT_OPEN",
        "4, UNCHECKED",
        "0xfc, UNCHECKED",
        "0xfe, VALID"
    })
    void saysWhatTheDeviceSays(String flags, NetChecksum state) {
        startWithChecksums(RingFeature.VERSION_1);
        header(Integer.decode(flags), 0, 34, 6);

        assertEquals(1, arrive(frame(64, 1)));
        assertEquals(state, receive.checksum(0));
        assertThrows(IndexOutOfBoundsException.class, () -> receive.checksum(1));
    }

    /** RFC 1071 section 3: of 0001 f203 f4f5 f6f7 the sum is ddf2. */
    @ParameterizedTest
    @ValueSource(strings = {"ANY_LAYOUT", "VERSION_1", "RING_PACKED", "NOTIFY_ON_EMPTY"})
    void copiesAFrameWithTheChecksumThatWasLeftOpen(RingFeature ring) {
        startWithChecksums(ring);
        header(1, 0, 14, 8);
        byte[] sent = new byte[24];
        byte[] summed = {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        System.arraycopy(summed, 0, sent, 14, 8);

        assertEquals(1, arrive(sent));

        sent[22] = (byte) ~0xdd;
        sent[23] = (byte) ~0xf2;
        assertArrayEquals(sent, received(0));
    }

    /** RFC 768: a checksum of 0 would say that there is none. */
    @Test
    void makesNoChecksumOfZero() {
        startWithChecksums(RingFeature.VERSION_1);
        header(1, 0, 14, 2);
        byte[] sent = new byte[60];
        sent[14] = (byte) 0xff;
        sent[15] = (byte) 0xff;

        assertEquals(1, arrive(sent));

        assertEquals(-1, received(0)[16]);
        assertEquals(-1, received(0)[17]);
    }

    /** N4: CVE-2024-43817 is a kernel that believed them. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 63, 0",
        "1, 0, 62, 1",
        "1, 0, 64, 0",
        "1, 0, 0, 63",
        "1, 0, 13, 0",
        "1, 0, 65535, 65535",
        "1, 0, 14, 65535",
        "0, 1, 0, 0",
        "2, 0x80, 0, 0",
        "1, 4, 34, 16"
    })
    void n4DropsAFrameWhoseHeaderPointsOutsideOrTellsOfSegments(
            int flags, String gso, int start, int offset) {
        startWithChecksums(RingFeature.VERSION_1);
        header(flags, Integer.decode(gso), start, offset);

        assertEquals(0, arrive(frame(64, 1)));
        assertEquals(1, receive.dropped(NetDrop.OFFLOAD));
        header(1, 0, 62, 0);
        receive.refill();
        assertEquals(1, arrive(frame(64, 2)), "the last two bytes are inside");
    }

    /** Section 5.1.9.4.1: without NEEDS_CSUM the two fields are not to be used. */
    @Test
    void n4LooksAtNoFieldWithoutItsFlag() {
        startWithChecksums(RingFeature.VERSION_1);
        header(0, 0, 65535, 65535);

        assertEquals(1, arrive(frame(64, 1)));
    }

    /** N4: without the feature the header says nothing. */
    @Test
    void n4LooksAtNothingWithoutTheFeature() {
        start(RingFeature.VERSION_1, NetFeature.GUEST_CSUM);
        header(1, 1, 65535, 65535);

        assertEquals(1, arrive(frame(64, 1)));
        assertEquals(NetChecksum.UNCHECKED, receive.checksum(0));
        assertArrayEquals(frame(64, 1), received(0));
    }

    @Test
    void leavesAChecksumToTheDeviceForOneFrameOnly() {
        startWithChecksums(RingFeature.VERSION_1);
        for (int i = 0; i < 2 * transmit.capacity(); i++) {
            int buffer = transmit.take();
            boolean offered =
                    i % 2 == 0
                            ? transmit.offerOpen(buffer, 64, 34, 16)
                            : transmit.offer(buffer, 64);
            assertTrue(offered);
            transmit.submit();
            transmit.harvest();
        }

        byte[] open = {1, 0, 0, 0, 0, 0, 34, 0, 16, 0, 0, 0};
        for (int i = 0; i < 2 * transmit.capacity(); i++) {
            assertArrayEquals(i % 2 == 0 ? open : new byte[12], net.peer.headers.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"13, 0", "62, 1", "63, 0", "34, -1", "-1, 0", "2147483647, 2147483647"})
    void refusesAChecksumOutsideTheFrame(int start, int offset) {
        startWithChecksums(RingFeature.VERSION_1);
        int buffer = transmit.take();

        assertThrows(
                IllegalArgumentException.class,
                () -> transmit.offerOpen(buffer, 64, start, offset));
        assertTrue(transmit.offerOpen(buffer, 64, 62, 0), "the buffer is still the caller's");
    }

    @Test
    void aFrameThatIsTooLongLeavesNothingInTheHeaderForTheNext() {
        startWithChecksums(RingFeature.VERSION_1);
        int buffer = transmit.take();

        assertThrows(
                IllegalArgumentException.class,
                () -> transmit.offerOpen(buffer, driver.frameBytes() + 1, 34, 16));
        assertTrue(transmit.offer(buffer, 64), "the buffer is still the caller's");
        transmit.submit();

        assertArrayEquals(new byte[12], net.peer.headers.get(0));
    }

    /** The memory is gone by then: touching it would end the process. */
    @Test
    void writesNoHeaderAfterItIsClosed() {
        startWithChecksums(RingFeature.VERSION_1);
        int buffer = transmit.take();
        driver.close();
        byte[] left = net.transport.memory.contents();

        assertThrows(DeviceBrokenException.class, () -> transmit.offerOpen(buffer, 64, 34, 16));

        assertArrayEquals(left, net.transport.memory.contents());
    }

    @Test
    void refusesToLeaveAChecksumToADeviceThatMakesNone() {
        start(RingFeature.VERSION_1);
        int buffer = transmit.take();

        String message =
                assertThrows(
                                IllegalStateException.class,
                                () -> transmit.offerOpen(buffer, 64, 34, 16))
                        .getMessage();

        assertTrue(message.contains("CSUM was not accepted"), message);
        assertTrue(transmit.offer(buffer, 64));
    }
}
