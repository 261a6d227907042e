package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What {@code check} prints and what the shell is told. */
class CheckCommandTest {

    @Test
    void listsEveryRowOfADeviceOnceForEachLayout() {
        CommandRun run = CommandRun.of("check", "emulated:block,layout=transitional", "--list");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(2 * 174, run.out().lines().count(), run.all());
        assertTrue(run.out().contains("check/block/virtio1/STA-08  "), run.all());
        assertTrue(run.out().contains("check/block/legacy/ADM-15  "), run.all());
    }

    @Test
    void listsTheDevicesOfAGuestWithoutBootingOne() {
        CommandRun run = CommandRun.of("check", "--guest", "--layout", "legacy", "--list");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(8 * 174, run.out().lines().count(), run.all());
        assertTrue(run.out().contains("check/console-transitional/legacy/CON-01  "), run.all());
    }

    @Test
    void aGoodDevicePassesARowAlone() {
        CommandRun run = CommandRun.of("check", "emulated:entropy", "check/entropy/virtio1/STA-08");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("1 PASS"), run.all());
    }

    @Test
    void aBadDeviceFailsWithItsRegisterAccessesAndTheTallyOfLevels() {
        CommandRun run =
                CommandRun.of(
                        "check",
                        "emulated:block,fault=queue-size-odd",
                        "check/block/virtio1/COM-09");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("QUEUE_SIZE"), run.all());
        assertTrue(run.err().contains("violated: 1 MUST, 0 SHOULD"), run.all());
    }

    @Test
    void rowsThatOnlyAdviseCanBeLeftOut() {
        CommandRun run = CommandRun.of("check", "emulated:block", "--musts", "--list");
        assertTrue(run.out().contains("/FEA-07  "), "a part of it is a MUST: " + run.all());
        assertTrue(!run.out().contains("/STA-06  "), run.all());
    }

    @Test
    void whatIsMistypedIsSaid() {
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("check", "emulated:block", "--layout", "modern").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("check", "--guest", "emulated:block").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("check", "--device", "virtio-rng-pci").exit());
    }
}
