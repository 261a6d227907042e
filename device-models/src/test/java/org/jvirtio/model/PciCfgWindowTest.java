package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.Registers;

/** Registers through configuration space (virtio 1.4 section 4.1.4.9). */
class PciCfgWindowTest {

    private final EmulatedFunction function = EmulatedDevices.parse("block,layout=virtio1");
    private final Registers config = function.config();
    private final int window = findPciCfg();

    private int findPciCfg() {
        int at = config.read8(0x34);
        while (config.read8(at) != 0x09 || config.read8(at + 3) != 5) {
            at = config.read8(at + 1);
        }
        return at;
    }

    private void aim(int offset, int length) {
        config.write8(window + 4, 4);
        config.write32(window + 8, offset);
        config.write32(window + 12, length);
    }

    @ParameterizedTest
    @CsvSource({"0x04, 4", "0x12, 2", "0x14, 1", "0x18, 2", "0x2000, 4", "0x2022, 2", "0x2020, 1"})
    void readsWhatADirectReadDoes(String text, int length) {
        int offset = Integer.decode(text);
        Registers bar = MiniDriver.openBar(function, 4);
        aim(offset, length);

        int direct =
                switch (length) {
                    case 1 -> bar.read8(offset);
                    case 2 -> bar.read16(offset);
                    default -> bar.read32(offset);
                };
        int indirect =
                switch (length) {
                    case 1 -> config.read8(window + 16);
                    case 2 -> config.read16(window + 16);
                    default -> config.read32(window + 16);
                };

        assertEquals(direct, indirect);
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void writesToTheRegister() {
        aim(0x14, 1);
        config.write8(window + 16, 3);

        assertEquals(3, MiniDriver.openBar(function, 4).read8(0x14));
        assertEquals(3, config.read8(window + 16));
    }

    @Test
    void accessesAsManyBytesAsTheLengthSaysWhateverTheWidthIs() {
        aim(0x12, 2);
        assertEquals(1, config.read32(window + 16) & 0xffff);

        aim(0x14, 1);
        config.write32(window + 16, 0x01010103);
        assertEquals(3, MiniDriver.openBar(function, 4).read8(0x14));
        assertEquals(List.of(), function.complaints().list());
    }

    @Test
    void worksWhileMemoryIsNotDecoded() {
        config.write16(4, 0);
        aim(0x12, 2);

        assertEquals(1, config.read16(window + 16));
    }

    @ParameterizedTest
    @CsvSource({"0x15, 2", "0x4000, 1", "0x14, 3", "0x3ffe, 4"})
    void refusesWhatNoCapabilityNames(String offset, int length) {
        aim(Integer.decode(offset), length);

        config.read32(window + 16);

        assertTrue(function.complaints().toString().contains("PCI_CFG access"));
    }
}
