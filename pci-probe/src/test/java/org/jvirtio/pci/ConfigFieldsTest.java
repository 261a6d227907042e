package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.jvirtio.Registers;

/** Fields of the configuration space in words (PCI Local Bus 3.0 section 6.1, virtio 1.4 4.1.4). */
class ConfigFieldsTest {

    private static String meaning(List<ConfigField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(ConfigField::meaning)
                .collect(Collectors.joining("; "));
    }

    private static List<ConfigField> capability(int... bytes) {
        Registers config = Devices.modernBlock().capability(bytes).registers();
        return ConfigFields.of(
                CapabilityList.of(config).capabilities().get(0), ConfigSnapshot.of(config));
    }

    @Test
    void theHeaderTellsIdsBarsAndWhereCapabilitiesBegin() {
        ConfigBytes bytes = Devices.modernBlock().capability(0x11, 0, 15, 0);
        List<ConfigField> fields =
                ConfigFields.ofHeader(ConfigSnapshot.of(bytes.registers()), bytes.bars());
        assertEquals("0x1af4, that of virtio devices", meaning(fields, "VENDOR_ID"));
        assertEquals("0x1042", meaning(fields, "DEVICE_ID"));
        assertEquals(
                "0x40, the first capability is there", meaning(fields, "CAPABILITIES_POINTER"));
        assertTrue(meaning(fields, "BAR4").contains("64 bits wide"), meaning(fields, "BAR4"));
        assertEquals("0x00000000, upper half of BAR 4", meaning(fields, "BAR5"));
        assertEquals("0x00000000, not implemented", meaning(fields, "BAR0"));
    }

    @Test
    void aVirtioCapabilityTellsItsStructureAndItsPlace() {
        List<ConfigField> fields =
                capability(9, 0, 20, 2, 4, 0, 0, 0, 0, 0x30, 0, 0, 0, 0x10, 0, 0, 4, 0, 0, 0);
        assertEquals("0x02, NOTIFY_CFG of virtio 1.x", meaning(fields, "CFG_TYPE"));
        assertEquals("0x04, BAR 4", meaning(fields, "BAR"));
        assertEquals("0x00001000, 4096 bytes", meaning(fields, "LENGTH"));
        assertEquals(
                "0x00000004, 4 bytes between doorbells", meaning(fields, "NOTIFY_OFF_MULTIPLIER"));
        assertEquals("", meaning(fields, "OFFSET_HI"), "of shared memory only");
    }

    @Test
    void aBarThatDoesNotExistIsNamedAsSuch() {
        List<ConfigField> fields = capability(9, 0, 16, 1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
        assertEquals("0x06, BAR 6, which does not exist", meaning(fields, "BAR"));
    }

    @Test
    void msixTellsItsEntriesAndWhereTheyLie() {
        List<ConfigField> fields = capability(0x11, 0, 15, 0x80, 1, 2, 0, 0, 1, 3, 0, 0);
        assertEquals("0x800f, 16 entries, enabled", meaning(fields, "MESSAGE_CONTROL"));
        assertEquals("0x00000201, BAR 1+0x200", meaning(fields, "TABLE"));
    }

    @Test
    void theDataOfPciCfgIsNotRead() {
        List<ConfigField> fields =
                capability(9, 0, 20, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4);
        assertTrue(meaning(fields, "PCI_CFG_DATA").startsWith("not read"), "" + fields);
    }

    @Test
    void aFieldLiesWhereItsCapabilityBegins() {
        List<ConfigField> fields = capability(9, 0, 16, 1, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
        assertEquals(0x40, fields.get(0).offset());
        assertTrue(fields.stream().allMatch(field -> field.offset() >= 0x40));
    }
}
