package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} prints and what the shell is told. */
class CheckCommandTest {

    private static final int DEVICE_ROWS = 174;
    private static final int DRIVER_ROWS = 173;

    @Test
    void listsEveryRowOfTheCatalogueForADeviceInALayout() {
        CommandRun run = CommandRun.of("check", "emulated:block,layout=virtio1", "--list");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(347, run.out().lines().count(), run.all());
        assertEquals(DEVICE_ROWS + DRIVER_ROWS, rows(run).size());
    }

    @Test
    void listsEveryRowOfTheCatalogueForTheModels() {
        CommandRun run = CommandRun.of("check", "--list");
        assertEquals(347, rows(run).size());
        assertEquals(run.out().lines().count(), run.out().lines().distinct().count());
        assertTrue(run.out().contains("check/block-readonly/virtio1/BLK-07  "), run.all());
        assertTrue(run.out().contains("check/driver/net/pci-cfg/STA-01  "), run.all());
    }

    /** The part of an id that is for ever one row's. */
    private static Set<String> rows(CommandRun run) {
        return run.out()
                .lines()
                .map(line -> line.replaceFirst("  .*", "").replaceFirst(".*/", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void listsOneSideOnceForEachLayout() {
        String device = "emulated:block,layout=transitional";
        CommandRun devices = CommandRun.of("check", device, "--list", "--side", "device");
        assertEquals(2 * DEVICE_ROWS, devices.out().lines().count(), devices.all());
        assertTrue(devices.out().contains("check/block/virtio1/STA-08  "), devices.all());
        assertTrue(devices.out().contains("check/block/legacy/ADM-15  "), devices.all());
        CommandRun drivers = CommandRun.of("check", device, "--list", "--side", "driver");
        assertEquals(2 * DRIVER_ROWS, drivers.out().lines().count(), drivers.all());
        assertTrue(drivers.out().contains("check/driver/block/virtio1/STA-01  "), drivers.all());
    }

    @Test
    void listsTheDevicesOfAGuestWithoutBootingOne() {
        CommandRun run = CommandRun.of("check", "--guest", "--layout", "legacy", "--list");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(8 * 347, run.out().lines().count(), run.all());
        assertTrue(run.out().contains("check/console-transitional/legacy/CON-01  "), run.all());
        assertTrue(run.out().contains("check/driver/net-legacy/legacy/STA-01  "), run.all());
    }

    @Test
    void ourDriverKeepsARowAndSaysHowOften() {
        CommandRun run = CommandRun.of("check", "check/driver/entropy/virtio1/STA-01");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("1 PASS"), run.all());
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
    void aLayoutThatIsShownAndBrokenFailsAndIsNotLeftOut() {
        String device = "emulated:block,layout=transitional,fault=short-common";
        CommandRun run = CommandRun.of("check", device, "check/block/virtio1/CAP-09");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("FAIL  check/block/virtio1/CAP-09"), run.all());
        assertTrue(run.out().contains("common"), run.all());
    }

    @ParameterizedTest
    @CsvSource({
        "emulated:block --layout legacy, none of legacy",
        "'emulated:entropy emulated:block,layout=legacy --layout virtio1', block",
        "--guest --layout register-set, none of check's cases",
    })
    void aDeviceOfWhichNothingIsMeantIsNoSuccess(String typed, String said) {
        List<String> words = new ArrayList<>(List.of("check", "--list"));
        words.addAll(List.of(typed.split(" ", -1)));
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains(said), run.all());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"qtest", "emulated"})
    void aGuestAndAnotherReachAreNotBothMeant(String reach) {
        CommandRun.refused(
                CommandRun.of("check", "--guest", "--reach", reach, "--list"),
                ExitCode.USAGE,
                "--guest is --reach guest, and --reach " + reach + " is there as well");
    }

    @Test
    void aGuestMayBeAskedForTwice() {
        CommandRun run = CommandRun.of("check", "--guest", "--reach", "guest", "--list");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
    }

    @Test
    void whatIsMistypedIsSaid() {
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("check", "emulated:block", "--layout", "modern").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("check", "--guest", "emulated:block").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("check", "--device", "virtio-rng-pci").exit());
        assertEquals(ExitCode.USAGE, CommandRun.of("check", "--side", "host").exit());
    }
}
