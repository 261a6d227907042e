package org.jvirtio.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.partner.PartnerNet;

/** Virtio 1.4 section 5.1.9: what the queues do not take from their caller, or start with. */
class NetRefusalTest extends StartedNet {

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
}
