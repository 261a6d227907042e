package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerConfig;
import org.jvirtio.partner.PartnerTransport;

/** A queue as a turn of a loop (virtio 1.4 section 2.7.14, and the limits of every wait). */
class QueueTurnTest {

    private static final long SECOND = 1_000_000_000;

    private final PartnerTransport transport =
            new PartnerTransport(DeviceType.ENTROPY, FeatureSet.NONE, new PartnerConfig(0));
    private final RunningDevice device =
            Handshake.run(transport, DriverNeeds.of(DeviceType.ENTROPY));
    private boolean due = true;

    private final QueueTurn turn =
            new QueueTurn(device, 0, "luck") {
                @Override
                protected boolean work() {
                    return device.queue(0).poll();
                }

                @Override
                protected boolean isAnswerDue() {
                    return due && super.isAnswerDue();
                }
            };

    private void request() {
        DmaRegion buffer = device.allocate(64, 64);
        device.queue(0).offerWritable(buffer.deviceAddress(), 64, 7);
        device.queue(0).publish();
    }

    private void answer() {
        transport.rings.get(0).use(transport.rings.get(0).take().id(), 5);
    }

    /**
     * The lost wake-up: used after the last look and before interrupts are asked for, so the device
     * was told not to send one.
     */
    @Test
    void armingFindsWhatWasUsedAfterTheLastLook() {
        request();
        assertFalse(turn.turn());
        answer();

        assertTrue(turn.arm(), "nobody may sleep now");

        assertTrue(turn.turn());
        assertFalse(turn.arm());
        assertFalse(transport.rings.get(0).interruptsOff(), "asked for interrupts");
        turn.disarm();
        assertTrue(transport.rings.get(0).interruptsOff());
    }

    /** U10. */
    @Test
    void endsWhenAnAnswerIsOverdueAndSaysOfWhat() {
        request();
        turn.watch(0);
        turn.watch(9 * SECOND);

        DeviceTimeoutException overdue =
                assertThrows(DeviceTimeoutException.class, () -> turn.watch(10 * SECOND));

        assertTrue(overdue.getMessage().startsWith("waiting for luck on "), overdue.getMessage());
        assertThrows(DeviceBrokenException.class, turn::turn);
    }

    @Test
    void theLimitCountsFromTheLastAnswer() {
        request();
        request();
        turn.watch(0);
        answer();
        assertTrue(turn.turn());

        turn.watch(9 * SECOND);
        turn.watch(10 * SECOND);
        turn.watch(18 * SECOND);

        assertThrows(DeviceTimeoutException.class, () -> turn.watch(20 * SECOND));
    }

    @Test
    void waitsForEverForWhatComesFromOutside() {
        due = false;
        request();
        turn.watch(0);

        turn.watch(1000 * SECOND);

        assertFalse(turn.turn());
    }

    @Test
    void noticesThoughNothingIsDueThatTheDeviceIsGone() {
        transport.status = 0xff;

        assertThrows(DeviceBrokenException.class, () -> turn.watch(0));
    }
}
