package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.DeviceType;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Functions of a real QEMU without a guest, attached to by name. Fails where there is no QEMU, and
 * says so.
 */
@Timeout(60)
class QtestReachTest {

    @TempDir private Path directory;
    private QemuWithoutGuest qemu;

    @BeforeEach
    void startQemu() {
        qemu =
                QemuWithoutGuest.start(
                        directory,
                        List.of(
                                "-device",
                                "virtio-rng-pci,addr=04.0",
                                "-device",
                                "virtio-rng-pci,addr=05.0"));
    }

    @AfterEach
    void endQemu() {
        qemu.close();
    }

    private String name(String address) {
        return "qtest:" + qemu.socket() + "@" + address;
    }

    private static EntropyDriver drive(PciFunction function) {
        return EntropyDriver.start(
                Transports.open(
                        function,
                        DeviceType.ENTROPY,
                        LayoutChoice.of(function, Policy.parse("auto")).require()));
    }

    @Test
    void explainLooksAtAFunctionByName() {
        CommandRun run = CommandRun.of("explain", name("00:04.0"));
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("virtio1"), run.all());
    }

    @Test
    void probeListsTheFunctionsOfThatQemu() {
        CommandRun run = CommandRun.of("probe", "qtest:" + qemu.socket());
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(2, run.out().lines().count(), run.all());
        assertTrue(run.out().contains(name("00:04.0") + " "), run.all());
        assertTrue(run.out().contains(name("00:05.0") + " "), run.all());
        CommandRun every = CommandRun.of("probe", "--all", "qtest:" + qemu.socket());
        assertTrue(every.out().contains("layout not virtio"), every.all());
    }

    /** Somebody may use the addresses that the BARs have: firmware, or a session before this. */
    @Test
    void aFreshConnectionKeepsTheAddressesThatAnEarlierOneGave() {
        List<Bar> given;
        try (PciFunction five = Functions.openToDrive(name("00:05.0"))) {
            given = five.bars();
        }
        CommandRun looked = CommandRun.of("explain", name("00:05.0"));
        assertTrue(looked.err().contains("how long its BARs are is unknown"), looked.all());
        assertTrue(looked.out().contains("virtio1"), looked.all());
        try (PciFunction again = Functions.openToDrive(name("00:05.0"));
                EntropyDriver driver = drive(again)) {
            assertEquals(given, again.bars());
            driver.fill(new byte[64]);
        }
    }

    /** One connection serves both, and the next after the last is closed makes another. */
    @Test
    void twoFunctionsOfOneMachineAreDrivenSideBySideAndAgain() {
        for (int round = 0; round < 3; round++) {
            try (PciFunction four = Functions.openToDrive(name("00:04.0"));
                    PciFunction five = Functions.openToDrive(name("00:05.0"));
                    EntropyDriver near = drive(four);
                    EntropyDriver far = drive(five)) {
                near.fill(new byte[1000]);
                far.fill(new byte[1000]);
                near.fill(new byte[1000]);
            }
        }
    }

    @Test
    void aPlaceWithoutAFunctionIsRefusedWithWhatThereIs() {
        EnvironmentException missing =
                assertThrows(
                        EnvironmentException.class, () -> Functions.openToDrive(name("00:06.0")));
        assertTrue(missing.getMessage().contains("0000:00:05.0"), missing.getMessage());
    }

    /** Memory that is not QEMU's would lose every request without a word. */
    @Test
    void aFileThatIsNotTheMemoryOfThatQemuIsRefused() throws IOException {
        Path other = directory.resolve("other");
        Files.copy(qemu.memory(), other);
        String name = "qtest:" + qemu.socket() + ",memory=" + other + "@00:04.0";
        EnvironmentException refused =
                assertThrows(EnvironmentException.class, () -> Functions.openToDrive(name));
        assertTrue(refused.getMessage().contains("share=on"), refused.getMessage());
    }

    @Test
    void aQemuThatDiesInTheMiddleIsATypedErrorAndNothingIsLeft() {
        PciFunction function = Functions.openToDrive(name("00:04.0"));
        EntropyDriver driver = drive(function);
        driver.fill(new byte[1000]);
        qemu.close();
        assertThrows(VirtioException.class, () -> driver.fill(new byte[1000]));
        assertThrows(VirtioException.class, driver::close);
        function.close(); // which the driver has done: once more does no harm
        EnvironmentException gone =
                assertThrows(
                        EnvironmentException.class, () -> Functions.openToDrive(name("00:04.0")));
        assertTrue(gone.getMessage().contains("-qtest unix:"), gone.getMessage());
    }

    @Test
    void aDeviceThatQemuRefusesIsToldInItsWords() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        EnvironmentException refused =
                assertThrows(
                        EnvironmentException.class,
                        () -> QemuWithoutGuest.start(other, List.of("-device", "nonsense")));
        assertTrue(refused.getMessage().contains("nonsense"), refused.getMessage());
    }
}
