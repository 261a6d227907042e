package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The lab on the devices of a real QEMU without a guest: the cases of the guest, with its verdicts.
 * Fails where there is no QEMU, and says so.
 */
@Timeout(120)
class QtestLabTest {

    @Test
    void aPartOfTheMatrixIsGreen() {
        CommandRun run =
                CommandRun.of(
                        "matrix", "--reach", "qtest", "--layout", "transitional", "--shard=1/8");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("matrix/qtest"), run.all());
        assertTrue(run.out().contains("QEMU starts: 1"), run.all());
    }

    @Test
    void aTransitionalDeviceIsTheSameThroughBothItsHalves() {
        String id = "matrix/qtest/transitional/halves/";
        CommandRun run =
                CommandRun.of(
                        "matrix", "--reach", "qtest", id + "entropy", id + "block", id + "net");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("3 PASS"), run.all());
    }

    @Test
    void whatAnOverlayMakesOfARealDeviceIsSurvivedAsOnAModel() {
        CommandRun run = CommandRun.of("faults", "--reach", "qtest");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("faults: 35 cases"), run.all());
    }

    @Test
    void aDeviceIsCheckedInBothItsLayoutsAndFoundOutAsInAGuest() {
        CheckGuestTest.assertCheckedInBothItsLayouts("qtest");
    }

    @Test
    void aReachThatTheLabHasNotIsRefused() {
        for (String command : new String[] {"matrix", "faults", "check"}) {
            CommandRun run = CommandRun.of(command, "--reach", "dump");
            assertEquals(ExitCode.USAGE, run.exit(), run.all());
            assertTrue(run.err().contains("Use emulated, guest, qtest"), run.all());
        }
    }

    @Test
    void aFunctionThatIsThereAndAReachThatMakesItsOwnAreNotMixed() {
        CommandRun run = CommandRun.of("check", "--reach", "qtest", "emulated:block");
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains("--device"), run.all());
    }
}
