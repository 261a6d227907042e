package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerTransport;
import org.jvirtio.queue.Chain;

/** Waiting, watching the status (virtio 1.4 section 2.1), and the order of closing. */
@Timeout(30)
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

    private static Stream<Waiting> everyWaiting() {
        return Stream.of(Waiting.poll(), Waiting.DEFAULT, Waiting.interrupt());
    }

    private static Stream<Waiting> sleepers() {
        return everyWaiting().filter(waiting -> waiting.mode() != Waiting.Mode.POLL);
    }

    /** Q12. */
    @ParameterizedTest
    @MethodSource("sleepers")
    void findsAUsedRequestWhoseInterruptWasLost(Waiting waiting) {
        start();
        device.setWaiting(0, waiting);
        request();
        transport.losesInterrupts = true;
        transport.device = this::answer;

        device.awaitUsed(0, "entropy");

        assertEquals(1, device.lostInterrupts());
    }

    /** Q13: the interrupt comes first, what is used a little later. */
    @ParameterizedTest
    @MethodSource("sleepers")
    void sleepsOnAfterAnInterruptThatCameTooEarly(Waiting waiting) {
        start();
        device.setWaiting(0, waiting);
        request();
        transport.device =
                () -> {
                    if (transport.waits == 2) {
                        answer();
                    }
                };

        device.awaitUsed(0, "entropy");

        assertEquals(2, transport.waits);
        assertEquals(1, device.emptyWakeups());
        assertEquals(0, device.lostInterrupts());
    }

    /** U13: a device that misjudged when to be told hears the doorbell once more. */
    @ParameterizedTest
    @MethodSource("everyWaiting")
    void ringsAgainIfTheDeviceSeemsToSleep(Waiting waiting) {
        start();
        device.setWaiting(0, waiting);
        transport.rings.get(0).silence();
        request();
        assertFalse(transport.calls.contains("ring 0"));
        Runnable awake = this::answer;
        transport.device =
                () -> {
                    if (transport.calls.contains("ring 0")) {
                        awake.run();
                    }
                };

        device.awaitUsed(0, "entropy");

        assertTrue(transport.calls.contains("ring 0"));
    }

    /** U10 and Q11: thousands of interrupts, nothing used. */
    @ParameterizedTest
    @MethodSource("everyWaiting")
    void givesUpAtTheLimitAndSaysWhatItWaitedFor(Waiting waiting) {
        start();
        device.setWaiting(0, waiting);
        request();

        DeviceTimeoutException timeout =
                assertThrows(DeviceTimeoutException.class, () -> device.awaitUsed(0, "some luck"));

        String message = timeout.getMessage();
        assertTrue(message.startsWith("waiting for some luck on a partner in memory"), message);
        assertTrue(message.contains("for 250 ms; device status 0x07 ACKNOWLEDGE|DRIVER"), message);
        assertTrue(message.contains("offered 1, published 1, used by the device 0"), message);
        assertTrue(transport.waits < 1000, "backs off in a storm: " + transport.waits);
        boolean sleeps = waiting.mode() != Waiting.Mode.POLL;
        assertEquals(sleeps, transport.waits > 0, "slept: " + transport.waits);
        assertEquals(sleeps, device.emptyWakeups() > 100, "counted: " + device.emptyWakeups());
        assertThrows(DeviceBrokenException.class, device.queue(0)::poll);
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

    @ParameterizedTest
    @MethodSource("everyWaiting")
    void noticesWhileWaitingThatTheDeviceIsGone(Waiting waiting) {
        start();
        device.setWaiting(0, waiting);
        request();
        transport.device = () -> transport.status = 0xff;

        assertThrows(DeviceBrokenException.class, () -> device.awaitUsed(0, "entropy"));
    }

    @Test
    void pollsWithoutInterruptsWhateverIsAskedForAndSaysWhy() {
        transport.mode = InterruptMode.POLLING;
        start();
        device.setWaiting(0, Waiting.interrupt());

        assertEquals(Waiting.poll(), device.waiting(0));
        assertTrue(
                device.decisions().contains("queue 0 polls: no interrupt on this reach"),
                () -> device.decisions().toString());
    }

    @Test
    void theChoiceOfADriverIsADecision() {
        start();
        device.setWaiting(0, Waiting.interrupt());

        String decision = "queue 0 sleeps on its interrupt at once: the driver asked for it";
        assertTrue(device.decisions().contains(decision), () -> device.decisions().toString());
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
