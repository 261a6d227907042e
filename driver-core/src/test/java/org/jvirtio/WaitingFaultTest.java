package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerTransport;
import org.jvirtio.partner.RingPeer;

/**
 * Devices that interrupt too often, too early or never, or that stop: waiting ends, and memory is
 * not given back while the device may write to it. Each test is named for the fault.
 */
@ParameterizedClass
@MethodSource("formats")
class WaitingFaultTest {

    @Parameter FeatureSet offered;

    private PartnerTransport transport;
    private RunningDevice device;
    private RingPeer ring;

    static Stream<Named<FeatureSet>> formats() {
        FeatureSet packed = FeatureSet.of(RingFeature.VERSION_1, RingFeature.RING_PACKED);
        FeatureSet event = FeatureSet.of(RingFeature.EVENT_IDX);
        return Stream.of(
                Named.of("split", FeatureSet.of(RingFeature.VERSION_1)),
                Named.of("split, EVENT_IDX", event.with(RingFeature.VERSION_1.bit())),
                Named.of("packed", packed),
                Named.of("packed, EVENT_IDX", packed.or(event)));
    }

    @BeforeEach
    void start() {
        System.setProperty("jvirtio.requestMillis", "250");
        transport = new PartnerTransport(DeviceType.ENTROPY, offered, new PartnerConfig(0));
        device = Handshake.run(transport, DriverNeeds.of(DeviceType.ENTROPY));
        ring = transport.rings.get(0);
        assertEquals(
                offered.has(RingFeature.RING_PACKED),
                device.accepted().has(RingFeature.RING_PACKED));
    }

    @AfterEach
    void restoreLimit() {
        System.clearProperty("jvirtio.requestMillis");
    }

    private void request() {
        DmaRegion buffer = device.allocate(64, 64);
        device.queue(0).offerWritable(buffer.deviceAddress(), 64, 7);
        device.queue(0).publish();
        device.queue(0).ringIfAsked();
    }

    private void answer() {
        if (ring.hasRequest()) {
            ring.use(ring.take().id(), 5);
        }
    }

    private void expectAnswer() {
        device.awaitUsed(0, "entropy");
        assertEquals(7, device.queue(0).token());
        assertEquals(5, device.queue(0).usedLength());
        assertTrue(ring.interruptsOff());
    }

    /** Thousands of interrupts and nothing used: each costs a millisecond after a hundred. */
    @Test
    void q11InterruptStormWithoutWork() {
        request();

        assertThrows(DeviceTimeoutException.class, () -> device.awaitUsed(0, "some luck"));

        assertTrue(transport.waits > 100, "waits: " + transport.waits);
        assertTrue(transport.waits < 1000, "backs off in a storm: " + transport.waits);
    }

    @Test
    void q11InterruptStormBeforeTheAnswer() {
        request();
        transport.device =
                () -> {
                    if (transport.waits == 150) {
                        answer();
                    }
                };
        expectAnswer();
        assertEquals(150, transport.waits);
    }

    @Test
    void q12LostInterrupt() {
        request();
        transport.losesInterrupts = true;
        transport.device = this::answer;

        expectAnswer();
        assertEquals(1, device.lostInterrupts());
    }

    @Test
    void q13InterruptBeforeTheUsedEntryIsVisible() {
        request();
        transport.device =
                () -> {
                    if (transport.waits == 2) { // the first interrupt came too early
                        answer();
                    }
                };
        expectAnswer();
        assertEquals(2, transport.waits);
        assertEquals(0, device.lostInterrupts());
    }

    /** Used just before the interrupt was enabled: no interrupt comes, and nobody waits for one. */
    @Test
    void q13UsedEntryVisibleBeforeTheInterruptIsEnabled() {
        request();
        answer();

        expectAnswer();
        assertEquals(0, transport.waits);
    }

    @Test
    void u10NothingIsEverUsed() {
        request();

        DeviceTimeoutException timeout =
                assertThrows(DeviceTimeoutException.class, () -> device.awaitUsed(0, "some luck"));

        String message = timeout.getMessage();
        assertTrue(message.startsWith("waiting for some luck on a partner in memory"), message);
        assertTrue(message.contains("for 250 ms; device status 0x07 ACKNOWLEDGE|DRIVER"), message);
        assertTrue(message.contains("offered 1, published 1"), message);
        assertThrows(DeviceBrokenException.class, device.queue(0)::poll);
        assertEquals(2, transport.memory.openRegions());
    }

    @Test
    void u11RequestUsedWhileTheResetIsNotConfirmed() {
        request();
        transport.failOnClose = new DeviceTimeoutException("status stays 0x07");

        assertThrows(DeviceTimeoutException.class, device::close);

        answer();
        assertEquals(2, transport.memory.openRegions());
        assertThrows(DeviceBrokenException.class, device.queue(0)::poll);
    }

    /** A device that misjudged when to be told hears the doorbell once more. */
    @Test
    void u13DeviceThatSleepsAlthoughThereIsWork() {
        ring.silence();
        request();
        assertFalse(transport.calls.contains("ring 0"));
        Runnable awake = this::answer;
        transport.device =
                () -> {
                    if (transport.calls.contains("ring 0")) {
                        awake.run();
                    }
                };

        expectAnswer();
        assertTrue(transport.calls.contains("ring 0"));
    }

    @Test
    void u13EventsOfNonsense() {
        for (int bits : new int[] {-1, 0xdead_beef, 0x0003_ffff}) {
            ring.askNonsense(bits);
            request();
            transport.device = this::answer;
            expectAnswer();
        }
    }
}
