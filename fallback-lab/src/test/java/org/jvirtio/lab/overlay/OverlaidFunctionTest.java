package org.jvirtio.lab.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioCapability;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/** What a mask shows, what it lets through, and that the function hears everything. */
class OverlaidFunctionTest {

    private static PciFunction masked(String device, String... lines) {
        return OverlayText.parse("test", String.join("\n", lines))
                .over(EmulatedDevices.parse(device));
    }

    private static List<String> labels(PciFunction function) {
        return CapabilityList.of(function.config()).capabilities().stream()
                .map(Capability::label)
                .toList();
    }

    private static VirtioLayout layout(PciFunction function) {
        return LayoutChoice.of(function, Policy.AUTO).require();
    }

    private static Registers common(PciFunction function) {
        return function.open(((VirtioLayout.Virtio1) layout(function)).common());
    }

    private static Registers header(PciFunction function) {
        return function.open(((VirtioLayout.Legacy) layout(function)).registers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hide COMMON_CFG | ISR_CFG, DEVICE_CFG, NOTIFY_CFG, PCI_CFG, MSI-X",
                "hide MSIX | COMMON_CFG, ISR_CFG, DEVICE_CFG, NOTIFY_CFG, PCI_CFG",
                "loop DEVICE_CFG | COMMON_CFG, ISR_CFG, DEVICE_CFG",
                "copy ISR_CFG | COMMON_CFG, ISR_CFG, ISR_CFG, DEVICE_CFG, NOTIFY_CFG, PCI_CFG,"
                        + " MSI-X",
                "move ISR_CFG | COMMON_CFG, ISR_CFG, DEVICE_CFG, NOTIFY_CFG, PCI_CFG, MSI-X",
            })
    void theListIsShownAsEdited(String line, String shown) {
        try (PciFunction function = masked("block", line)) {
            assertEquals(shown, String.join(", ", labels(function)));
        }
    }

    @Test
    void aCapabilityThatMovedSaysTheSameFromAnotherPlace() {
        try (PciFunction plain = EmulatedDevices.parse("block");
                PciFunction function = masked("block", "move COMMON_CFG to 0xe0")) {
            VirtioCapability moved =
                    CapabilityList.of(function.config()).first(VirtioCapability.class).get();

            assertEquals(0xe0, moved.configOffset());
            assertEquals(layout(plain), layout(function));
        }
    }

    @Test
    void editsAreMadeInTheirOrder() {
        try (PciFunction function =
                masked("block", "copy COMMON_CFG", "COMMON_CFG.BAR = 7", "hide COMMON_CFG")) {
            assertTrue(LayoutChoice.of(function, Policy.AUTO).layout().isPresent());
        }
    }

    @Test
    void aCapabilityThatIsNotThereIsNamed() {
        String message =
                assertThrows(
                                LayoutException.class,
                                () -> masked("block,layout=legacy", "hide COMMON_CFG"))
                        .getMessage();

        assertTrue(message.contains("emulated:block,layout=legacy"), message);
        assertTrue(message.contains("COMMON_CFG"), message);
    }

    @Test
    void writesToConfigurationReachTheFunction() {
        PciFunction plain = EmulatedDevices.parse("block");
        try (PciFunction function =
                OverlayText.parse("test", "CONFIG.COMMAND = 0x400").over(plain)) {
            function.config().write(ConfigRegister.COMMAND, 7);

            assertEquals(0x400, function.config().read(ConfigRegister.COMMAND));
            assertEquals(7, plain.config().read(ConfigRegister.COMMAND));
        }
    }

    @Test
    void aWideReadOfConfigurationIsEditedInPart() {
        try (PciFunction function = masked("block", "CONFIG.DEVICE_ID = 0x1001")) {
            assertEquals(0x1001_1af4, function.config().read32(0));
            assertEquals(0x10, function.config().read8(3));
        }
    }

    @Test
    void barsCanBeGoneOrOtherwiseOrRefused() {
        try (PciFunction function =
                masked("block,layout=transitional", "bar 0 memory", "bar 1 hide", "bar 4 refuse")) {
            assertEquals(List.of(0, 4), function.bars().stream().map(Bar::index).toList());
            assertEquals(Bar.Space.MEMORY, function.bars().get(0).space());
            String message =
                    assertThrows(EnvironmentException.class, () -> common(function)).getMessage();
            assertTrue(message.contains("the overlay refuses it"), message);
        }
    }

    @Test
    void moreOfABarThanThereIsCannotBeOpened() {
        try (PciFunction function =
                masked("block", "bar 4 length 0x10000", "COMMON_CFG.OFFSET = 0x8000")) {
            String message =
                    assertThrows(EnvironmentException.class, () -> common(function)).getMessage();
            assertTrue(message.contains("the real BAR has 0x4000 bytes"), message);
        }
    }

    @Test
    void readsAreCountedOverAllWindows() {
        try (PciFunction function = masked("block", "COMMON.NUM_QUEUES = 9 from 2 until 3")) {
            assertEquals(1, common(function).read(CommonRegister.NUM_QUEUES));
            assertEquals(9, common(function).read(CommonRegister.NUM_QUEUES));
            assertEquals(9, common(function).read(CommonRegister.NUM_QUEUES));
            assertEquals(1, common(function).read(CommonRegister.NUM_QUEUES));
        }
    }

    @Test
    void aLieCanDependOnWhatWasWritten() {
        try (PciFunction function =
                masked("block", "COMMON.DEVICE_FEATURE = 0 if DEVICE_FEATURE_SELECT = 1")) {
            Registers common = common(function);
            common.write(CommonRegister.DEVICE_FEATURE_SELECT, 0);
            assertNotEquals(0, common.read(CommonRegister.DEVICE_FEATURE));
            common.write(CommonRegister.DEVICE_FEATURE_SELECT, 1);
            assertEquals(0, common.read(CommonRegister.DEVICE_FEATURE));
        }
    }

    @Test
    void theDeviceConfigurationIsFoundInTheNewLayouts() {
        String lie = "BLOCK.CAPACITY = 0x1122334455667788";
        try (PciFunction virtio1 = masked("block", lie);
                PciFunction sets = masked("block,layout=register-set", lie)) {
            requireCapacity(
                    virtio1.open(((VirtioLayout.Virtio1) layout(virtio1)).device().get()), 0);
            requireCapacity(
                    sets.open(((VirtioLayout.RegisterSets) layout(sets)).config().get()), 0);
        }
    }

    @Test
    void theDeviceConfigurationOfLegacyMovesWithMsix() {
        try (PciFunction function =
                masked("block,layout=legacy", "BLOCK.CAPACITY = 0x1122334455667788")) {
            Registers header = header(function);
            requireCapacity(header, 20);
            function.interrupts().enableMsix(1);
            requireCapacity(header, 24);
            function.interrupts().disable();
        }
    }

    private static void requireCapacity(Registers fields, int start) {
        assertEquals(0x55667788, fields.read32(start));
        assertEquals(0x11223344, fields.read32(start + 4));
        assertEquals(0x66, fields.read8(start + 2));
    }

    @Test
    void aStructureThatIsNotThereIsLeftOut() {
        try (PciFunction function =
                masked("block,layout=legacy", "COMMON.QUEUE_SIZE = 3", "LEGACY.QUEUE_SIZE = 4")) {
            assertEquals(4, header(function).read(LegacyRegister.QUEUE_SIZE));
        }
    }

    @Test
    void interruptsCanBeFewer() {
        try (PciFunction function = masked("block", "vectors 1", "pin off")) {
            assertEquals(1, function.interrupts().msixVectors());
            assertFalse(function.interrupts().hasIntx());
        }
    }
}
