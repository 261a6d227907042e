package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.memory.DmaRegion;

/**
 * Commands that no driver may send (virtio 1.4 section 5.1.9.5): refused, written down, survived.
 */
class NetControlTest {

    private static final long CTRL_VQ = 1 << 17;
    private static final long CTRL_RX = 1 << 18;
    private static final long CTRL_VLAN = 1 << 19;
    private static final long CTRL_MAC_ADDR = 1 << 23;
    private static final long MQ = 1 << 22;

    private static final int CONTROL = 4;

    private final EmulatedFunction function = EmulatedDevices.parse("net,queue=16,pairs=2");
    private final MiniDriver driver = MiniDriver.virtio1(function);
    private MiniQueue queue;

    private void start(long features) {
        assertEquals(11, driver.negotiate(features | CTRL_VQ | MiniDriver.VERSION_1));
        queue = driver.enableQueue(CONTROL, 16);
        driver.running();
    }

    private int send(String hex) {
        DmaRegion ack = queue.writable(1);
        DmaRegion command = queue.readable(HexFormat.of().parseHex(hex));
        queue.offer(queue.chain(List.of(command), List.of(ack)));
        driver.ring(CONTROL);
        return ack.memory().read8(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0000, 0 bytes of data and needs 1",
        "000002, a mode is on (1) or off (0)",
        "000201, CTRL_RX_EXTRA was not accepted",
        "000601, there is no such command",
        "0700, there is no such command",
        "ff00, there is no such command",
        "0100, 0 bytes of data and needs 8",
        "01000200000002000000000102000000, table 0 is longer",
        "0100ffffffff00000000, table 0 is longer",
        "010000000000ffffffff, table 1 is longer",
        "010001000000020000000001, table 1 is longer",
        "01010200000000, 5 bytes of data and needs 6",
        "02000010, VLAN 4096 has more than 12 bits",
        "0300, GUEST_ANNOUNCE was not accepted",
        "04000000, 0 pairs of queues; there are 2",
        "04000300, 3 pairs of queues; there are 2",
        "040100, there is no such command"
    })
    void refusesWhatNobodyMayCommand(String command, String complaint) {
        start(CTRL_RX | CTRL_VLAN | CTRL_MAC_ADDR | MQ);

        assertEquals(1, send(command));

        assertTrue(
                function.complaints().toString().contains(complaint),
                function.complaints().toString());
        assertEquals(0, send("000000"), "the next one is obeyed");
    }

    @ParameterizedTest
    @CsvSource({"000001", "01000000000000000000", "0101020000000001", "02000100", "04000200"})
    void obeysWhatItsFeatureAllows(String command) {
        start(CTRL_RX | CTRL_VLAN | CTRL_MAC_ADDR | MQ);

        assertEquals(0, send(command));
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void needsAResetAfterACommandWithoutRoomForTheAnswer() {
        start(CTRL_RX | MQ);
        queue.offer(queue.chain(List.of(queue.readable(new byte[] {0, 0, 1})), List.of()));
        driver.ring(CONTROL);

        assertEquals(0x40, driver.status() & 0x40);
    }

    /** Without CTRL_VQ there is none; without MQ it is the one behind the first pair. */
    @ParameterizedTest
    @CsvSource({"0", "0x20000"})
    void needsAResetAfterACommandWhereNoQueueForThemIs(String features) {
        driver.negotiate(Long.decode(features) | MiniDriver.VERSION_1);
        queue = driver.enableQueue(CONTROL, 16);
        driver.running();

        send("000001");

        assertEquals(0x40, driver.status() & 0x40);
        assertTrue(
                function.complaints().toString().contains("request on queue 4, which is for"),
                function.complaints().toString());
    }

    /**
     * Section 5.1.9.5.2.1: "MUST update" the field before the command is used; a reset undoes it.
     */
    @Test
    void showsTheAddressThatWasSetUntilAReset() {
        start(CTRL_MAC_ADDR | MQ);

        send("0101020000000009");

        assertEquals(9, driver.configBar.read8(driver.configAt + 5));
        driver.status(0);
        assertEquals(1, driver.configBar.read8(driver.configAt + 5));
    }
}
