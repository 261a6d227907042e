package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerTransport;
import org.jvirtio.partner.RingPeer;

/** Virtio 1.4 section 5.4. */
class EntropyDriverTest {

    private final PartnerTransport transport =
            new PartnerTransport(
                    DeviceType.ENTROPY, FeatureSet.of(RingFeature.VERSION_1), new PartnerConfig(0));
    private final EntropyDriver driver = EntropyDriver.start(transport);
    private final RingPeer ring = transport.rings.get(0);
    private int requests;
    private long asked;

    /** Fills up to {@code most} bytes with the number of the request, and claims {@code excess}. */
    private void answers(int most, int excess) {
        transport.device =
                () -> {
                    while (ring.hasRequest()) {
                        RingPeer.Request request = ring.take();
                        RingPeer.Buffer buffer = request.buffers().get(0);
                        assertEquals(1, request.buffers().size());
                        assertTrue(buffer.writable());
                        asked = buffer.length();
                        int length = (int) Math.min(most, buffer.length());
                        ring.bytes(buffer).fill(0, length, ++requests);
                        ring.use(request.id(), length + excess);
                    }
                };
    }

    @Test
    void handsOutWhatTheDeviceWroteAndNoMore() {
        answers(3, 0);
        byte[] target = new byte[8];

        assertEquals(3, driver.read(target, 2, 6));

        assertEquals(6, asked);
        assertArrayEquals(new byte[] {0, 0, 1, 1, 1, 0, 0, 0}, target);
    }

    @Test
    void fillsALargeArrayWithManyRequests() {
        answers(1000, 0);
        byte[] target = new byte[10_001];

        driver.fill(target);

        assertEquals(11, requests);
        assertEquals(11, target[10_000]);
        assertEquals(10, target[9_999]);
    }

    @Test
    void asksNothingForNothing() {
        assertEquals(0, driver.read(new byte[0], 0, 0));
        assertEquals(0, requests);
    }

    @Test
    void asksAgainWhenTheDeviceWroteNothing() {
        transport.device =
                () -> {
                    while (ring.hasRequest()) {
                        RingPeer.Request request = ring.take();
                        requests++;
                        ring.use(request.id(), requests < 5 ? 0 : 1);
                    }
                };

        assertEquals(1, driver.read(new byte[10], 0, 10));
        assertEquals(5, requests);
    }

    @Test
    void r1GivesUpWhenTheDeviceNeverWritesAnything() {
        answers(0, 0);

        DeviceBrokenException broken =
                assertThrows(DeviceBrokenException.class, () -> driver.read(new byte[10], 0, 10));

        assertTrue(broken.getMessage().contains("8 answers in a row without a byte"));
        assertEquals(8, requests);
    }

    @Test
    void r1BreaksWhenTheDeviceClaimsMoreThanItWasAskedFor() {
        answers(10, 1);

        assertThrows(DeviceBrokenException.class, () -> driver.read(new byte[10], 0, 10));
    }

    /** A device that claims bytes which it did not write: those of the last time are gone. */
    @Test
    void neverHandsTheSameBytesOutTwice() {
        answers(4, 0);
        driver.read(new byte[4], 0, 4);
        answers(0, 4);
        byte[] target = new byte[4];

        driver.read(target, 0, 4);

        assertArrayEquals(new byte[4], target);
    }

    @Test
    void closesTheTransportAndFreesEverything() {
        driver.close();

        assertTrue(transport.closed);
        assertEquals(0, transport.memory.openRegions());
    }
}
