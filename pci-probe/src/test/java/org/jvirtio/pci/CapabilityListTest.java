package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;
import org.mockito.AdditionalAnswers;

/** The walk and what it copies (virtio 1.4 section 4.1.4, PCI Local Bus 3.0 section 6.7). */
class CapabilityListTest {

    /** Section 4.1.4.9: reading pci_cfg_data reads a register of the device, say the ISR. */
    @Test
    void neverReadsTheDataOfPciCfgNorWritesAnything() {
        ConfigBytes config = Devices.block().structures(4);
        int data = config.next() + 16;
        config.structure(5, 4, 0x1000, 1, 0, 0, 0, 0).structure(8, 4, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0);
        Registers registers =
                mock(Registers.class, AdditionalAnswers.delegatesTo(config.registers()));

        LayoutChoice.of("test", registers, config.bars(), Policy.parse("pci-cfg")).require();

        assertTrue(registers.length() > data);
        for (int offset = data - 3; offset < data + 4; offset++) {
            verify(registers, never()).read32(offset);
            verify(registers, never()).read16(offset);
            verify(registers, never()).read8(offset);
        }
        verify(registers, never()).write8(anyInt(), anyInt());
        verify(registers, never()).write16(anyInt(), anyInt());
        verify(registers, never()).write32(anyInt(), anyInt());
        verify(registers, never()).write(any(), anyInt());
        verify(registers, never()).write64(any(), eq(0L));
    }

    @Test
    void configurationThatEndsAt64BytesGivesANote() {
        CapabilityList list = CapabilityList.of(Devices.block().structures(4).header());

        assertFalse(list.complete());
        assertEquals(
                "[the list leads to 0x40, but only 64 bytes can be read (more takes root); it ends"
                        + " here]",
                list.notes().toString());
    }

    /** Section 4.1.4.1: "The driver MUST ignore any vendor-specific capability structure which". */
    @Test
    void reservedTypesAreSkippedWithANote() {
        ConfigBytes config = Devices.block().structure(0x77, 4, 0, 0).structures(4);

        LayoutChoice choice =
                LayoutChoice.of("test", config.registers(), config.bars(), Policy.AUTO);

        assertTrue(choice.layout().isPresent());
        assertEquals(
                "[reserved cfg_type 0x77 capability at 0x40 is skipped: a driver ignores those"
                        + " (section 4.1.4.1)]",
                choice.notes().toString());
    }

    @Test
    void sharedMemoryHas64BitPlaces() {
        ConfigBytes config =
                Devices.block().structure(8, 4, 0x10, 0x20, 1, 0, 0, 0, 2, 0, 0, 0).put8(0x45, 7);

        VirtioCapability shared =
                CapabilityList.of(config.registers()).first(VirtioCapability.class).orElseThrow();

        assertEquals(0x1_0000_0010L, shared.offset());
        assertEquals(0x2_0000_0020L, shared.length());
        assertEquals(7, shared.instance());
    }

    @Test
    void vendorDataIsKeptWithItsOwner() {
        ConfigBytes config = Devices.block().capability(9, 0, 8, 9, 0x36, 0x1b, 0xca, 0xfe);

        VendorDataCapability data =
                CapabilityList.of(config.registers())
                        .first(VendorDataCapability.class)
                        .orElseThrow();

        assertEquals(0x1b36, data.vendorId());
        assertEquals("09 00 08 09 36 1b ca fe", data.bytes().hex());
    }

    @Test
    void theDecodedSpaceIsJsonToo() throws IOException {
        byte[] bytes = Devices.block().structures(4).bytes();
        StringWriter writer = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(writer)) {
            DecodedJson.write(DecodedFunction.of(new DumpFunction("test", bytes)), json);
        }

        String expected =
                "{\"offset\":64,\"title\":\"Vendor Specific Information: VirtIO: CommonCfg\","
                        + "\"lines\":[{\"label\":\"\",\"fields\":{\"BAR\":\"4\",\"offset\":"
                        + "\"00000000\",\"size\":\"00001000\"}}]}";
        assertTrue(writer.toString().contains(expected), writer::toString);
    }
}
