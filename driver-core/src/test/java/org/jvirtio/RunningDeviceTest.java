package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerTransport;
import org.jvirtio.queue.Chain;

/** Waiting, watching the status (virtio 1.4 section 2.1), and the order of closing. */
class RunningDeviceTest {

    private final PartnerTransport transport =
            new PartnerTransport(DeviceType.ENTROPY, FeatureSet.NONE, new PartnerConfig(0));
    private RunningDevice device;

    @BeforeEach
    void limitWaits() {
        System.setProperty("jvirtio.requestMillis", "250");
    }

    @AfterEach
    void restoreLimit() {
        System.clearProperty("jvirtio.requestMillis");
    }

    private void start() {
        device = Handshake.run(transport, DriverNeeds.of(DeviceType.ENTROPY));
    }

    private void request() {
        DmaRegion buffer = device.allocate(64, 64);
        device.queue(0).offer(new Chain(1).writable(buffer.deviceAddress(), 64), 7);
        device.queue(0).publish();
        device.queue(0).ringIfAsked();
    }

    private void answer() {
        if (transport.rings.get(0).hasRequest()) {
            transport.rings.get(0).use(transport.rings.get(0).take().id(), 5);
        }
    }

    @Test
    void findsWhatIsAlreadyUsedWithoutSleeping() {
        start();
        transport.device = this::answer;
        request();

        device.awaitUsed(0, "entropy");

        assertEquals(7, device.queue(0).token());
        assertEquals(0, transport.waits);
    }

    @Test
    void sleepsUntilTheInterruptAndTurnsItOffAgain() {
        start();
        request();
        transport.device = this::answer;

        device.awaitUsed(0, "entropy");

        assertEquals(5, device.queue(0).usedLength());
        assertEquals(1, transport.waits);
        assertTrue(transport.rings.get(0).interruptsOff());
    }

    @ParameterizedTest
    @CsvSource({
        "0xff, it was unplugged",
        "0x4f, asks to be reset: its status is 0x4f",
        "0x00, it stopped running: its status is 0x00"
    })
    void breaksWhenTheStatusSaysSo(String status, String reason) {
        start();
        transport.status = Integer.decode(status);

        DeviceBrokenException broken = assertThrows(DeviceBrokenException.class, device::check);

        assertTrue(broken.getMessage().contains(reason), broken.getMessage());
        assertThrows(DeviceBrokenException.class, device.queue(0)::publish);
    }

    @Test
    void noticesWhileWaitingThatTheDeviceIsGone() {
        start();
        request();
        transport.device = () -> transport.status = 0xff;

        assertThrows(DeviceBrokenException.class, () -> device.awaitUsed(0, "entropy"));
    }

    @Test
    void freesMemoryOnlyAfterTheTransportIsClosed() {
        start();
        request();
        assertEquals(2, transport.memory.openRegions());

        device.close();
        device.close();

        assertTrue(transport.closed);
        assertEquals(0, transport.memory.openRegions());
        assertThrows(DeviceBrokenException.class, device.queue(0)::poll);
    }
}
