package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerTransport;
import org.jvirtio.partner.ScriptedSet;

/** A sleep on all interrupts of a device at once, which ends after 100 ms if none comes (Q12). */
@Timeout(30)
class SharedWaitTest {

    private final ScriptedSet set = new ScriptedSet(new ArrayList<>());
    private final PartnerTransport transport =
            new PartnerTransport(DeviceType.ENTROPY, FeatureSet.NONE, new PartnerConfig(0));
    private RunningDevice device;
    private SharedWait wait;

    @BeforeEach
    void request() {
        transport.set = Optional.of(set);
        device = Handshake.run(transport, DriverNeeds.of(DeviceType.ENTROPY));
        wait = new SharedWait(device, Waiting.interrupt());
        DmaRegion buffer = device.allocate(64, 64);
        device.queue(0).offerWritable(buffer.deviceAddress(), 64, 7);
        device.queue(0).publish();
    }

    /** In a sleep; {@code interrupted} says whether it ended by an interrupt. */
    private void answerWhileItSleeps(boolean interrupted) {
        set.sleep =
                nanos -> {
                    transport.rings.get(0).use(transport.rings.get(0).take().id(), 5);
                    return interrupted;
                };
    }

    private boolean isAnswered(Duration limit) {
        wait.lock();
        try {
            return wait.await(
                    device.queue(0)::poll, device.queue(0)::enableInterrupts, limit.toNanos());
        } finally {
            wait.unlock();
        }
    }

    @Test
    void workThatIsFoundThoughNoInterruptCameIsALostInterrupt() {
        answerWhileItSleeps(false);

        assertTrue(isAnswered(Duration.ofSeconds(5)));

        assertEquals(1, wait.lostInterrupts());
        assertEquals(1, wait.sleeps());
    }

    @Test
    void workThatAnInterruptToldOfIsNone() {
        answerWhileItSleeps(true);

        assertTrue(isAnswered(Duration.ofSeconds(5)));

        assertEquals(0, wait.lostInterrupts());
    }

    /** The device had less than 100 ms: its interrupt may still be on the way. */
    @Test
    void aSleepThatTheLimitCutsShortLosesNone() {
        answerWhileItSleeps(false);

        assertTrue(isAnswered(Duration.ofMillis(99)));

        assertEquals(0, wait.lostInterrupts());
    }

    @Test
    void aDeviceThatDoesNothingLosesNone() {
        set.sleep = nanos -> false;

        assertFalse(isAnswered(Duration.ofMillis(110)));

        assertTrue(set.sleeps > 1, set.sleeps + " sleeps");
        assertEquals(0, wait.lostInterrupts());
    }
}
