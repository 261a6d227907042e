package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.Register;

/**
 * The register tables, against the numbers of {@code linux/virtio_pci.h}: virtio 1.4 sections
 * 4.1.4.3 and 4.1.4.10, and our own decision on the register sets. The one place where they are
 * written a second time.
 */
class RegisterTablesTest {

    static Stream<Register> everyRegister() {
        List<Register> registers = new ArrayList<>();
        registers.addAll(List.of(CommonRegister.values()));
        registers.addAll(List.of(LegacyRegister.values()));
        registers.addAll(List.of(RegisterSetRegister.values()));
        registers.addAll(List.of(SingleRegister.values()));
        registers.addAll(List.of(PciCfgField.values()));
        return registers.stream();
    }

    @ParameterizedTest
    @MethodSource("everyRegister")
    void everyRegisterIsAlignedToItsWidth(Register register) {
        assertEquals(0, register.offset() % register.width());
    }

    @ParameterizedTest
    @MethodSource("everyRegister")
    void everyRegisterNamesItsSource(Register register) {
        assertFalse(register.source().isBlank());
    }

    @Test
    void theCommonStructureIsThatOfTheSpecification() {
        assertEquals(
                """
                DEVICE_FEATURE_SELECT 0 4
                DEVICE_FEATURE 4 4
                DRIVER_FEATURE_SELECT 8 4
                DRIVER_FEATURE 12 4
                CONFIG_MSIX_VECTOR 16 2
                NUM_QUEUES 18 2
                DEVICE_STATUS 20 1
                CONFIG_GENERATION 21 1
                QUEUE_SELECT 22 2
                QUEUE_SIZE 24 2
                QUEUE_MSIX_VECTOR 26 2
                QUEUE_ENABLE 28 2
                QUEUE_NOTIFY_OFF 30 2
                QUEUE_DESC 32 8
                QUEUE_DRIVER 40 8
                QUEUE_DEVICE 48 8
                QUEUE_NOTIF_CONFIG_DATA 56 2
                QUEUE_RESET 58 2
                ADMIN_QUEUE_INDEX 60 2
                ADMIN_QUEUE_NUM 62 2
                """,
                table(CommonRegister.values()));
        assertEquals(56, CommonRegister.SHORTEST);
        assertEquals(64, CommonRegister.LONGEST);
    }

    @Test
    void theLegacyHeaderIsThatOfVirtioZeroNine() {
        assertEquals(
                """
                DEVICE_FEATURES 0 4
                DRIVER_FEATURES 4 4
                QUEUE_PFN 8 4
                QUEUE_SIZE 12 2
                QUEUE_SELECT 14 2
                QUEUE_NOTIFY 16 2
                DEVICE_STATUS 18 1
                ISR_STATUS 19 1
                CONFIG_MSIX_VECTOR 20 2
                QUEUE_MSIX_VECTOR 22 2
                """,
                table(LegacyRegister.values()));
        assertEquals(20, LegacyRegister.configOffset(false));
        assertEquals(24, LegacyRegister.configOffset(true));
    }

    @Test
    void theRegisterSetGoesOnAfterTheCommonStructure() {
        assertEquals(
                """
                QUEUE_NOTIFY 64 2
                QUEUE_NOTIFY_DATA 64 4
                ISR_STATUS 68 1
                """,
                table(RegisterSetRegister.values()));
        assertEquals(72, RegisterSetRegister.LENGTH);
    }

    @Test
    void thePciCfgCapabilityIsThatOfTheSpecification() {
        assertEquals(
                """
                BAR 4 1
                OFFSET 8 4
                LENGTH 12 4
                DATA 16 4
                """,
                table(PciCfgField.values()));
    }

    private static String table(Register... registers) {
        StringBuilder table = new StringBuilder();
        for (Register register : registers) {
            table.append(
                    String.format(
                            "%s %d %d%n", register.name(), register.offset(), register.width()));
        }
        return table.toString();
    }
}
