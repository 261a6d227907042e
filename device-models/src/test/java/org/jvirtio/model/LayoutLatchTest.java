package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.Registers;

/**
 * "If you use this, don't use BAR0", kept by the device (reference A.3, decision 8): the first
 * write latches a layout until the reset.
 */
class LayoutLatchTest {

    private static final int STATUS = 0x14;
    private static final int LEGACY_STATUS = 18;

    private final EmulatedFunction function =
            EmulatedDevices.parse("block,layout=legacy+register-set+virtio1");
    private final Registers legacy = MiniDriver.openBar(function, 0);
    private final Registers sets = MiniDriver.openBar(function, 1);
    private final Registers virtio1 = MiniDriver.openBar(function, 4);

    @Test
    void everyLayoutIsReadableBeforeAnyIsWritten() {
        assertEquals(256, legacy.read16(12));
        assertEquals(256, sets.read16(0x18));
        assertEquals(256, virtio1.read16(0x18));
    }

    @Test
    void legacyLatchesTheOthersOut() {
        legacy.write8(LEGACY_STATUS, 1);
        sets.write8(STATUS, 3);
        virtio1.write16(0x16, 7);

        assertEquals(1, legacy.read8(LEGACY_STATUS));
        assertEquals(0, legacy.read16(14), "queue select was not touched");
        assertEquals(0, sets.read8(STATUS));
        assertEquals(0, sets.read16(0x18));
        assertEquals(0, sets.read32(256), "the configuration reads zero too");
        assertEquals(0, virtio1.read16(0x12));
    }

    @Test
    void aNewLayoutLatchesLegacyOut() {
        sets.write8(STATUS, 1);
        legacy.write8(LEGACY_STATUS, 3);

        assertEquals(1, sets.read8(STATUS));
        assertEquals(0, legacy.read8(LEGACY_STATUS));
        assertEquals(0, legacy.read32(0));
        assertEquals(0, legacy.read32(20));
        assertEquals(0, virtio1.read16(0x18));
    }

    @ParameterizedTest
    @CsvSource({"0, 18", "1, 0x14", "4, 0x14"})
    void aResetThroughAnyLayoutReleases(int bar, String status) {
        virtio1.write8(STATUS, 1);

        MiniDriver.openBar(function, bar).write8(Integer.decode(status), 0);
        legacy.write8(LEGACY_STATUS, 1);

        assertEquals(1, legacy.read8(LEGACY_STATUS));
        assertEquals(0, virtio1.read8(STATUS));
    }

    @Test
    void aResetLatchesNothing() {
        legacy.write8(LEGACY_STATUS, 0);

        virtio1.write8(STATUS, 1);

        assertEquals(1, virtio1.read8(STATUS));
        assertEquals(List.of(), function.complaints().list());
    }
}
