package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** PCI Local Bus 3.0 section 6.8.2: bit 15 of message control, found along a hostile list. */
class MsixEnableTest {

    @Test
    void theCapabilityIsFoundBehindOthers() {
        ByteRegisters config = list().set(0x40, 0x09, 0x60, 16, 1).set(0x60, 0x11, 0, 0, 0x80);

        MsixEnable msix = new MsixEnable(config);

        assertTrue(msix.possible());
        assertTrue(msix.now());
        config.set(0x63, 0);
        assertFalse(msix.now());
    }

    @Test
    void aLoopEnds() {
        ByteRegisters config = list().set(0x40, 0x09, 0x50).set(0x50, 0x09, 0x40);

        assertFalse(new MsixEnable(config).possible());
    }

    @Test
    void aListThatLeavesWhatCanBeReadEnds() {
        ByteRegisters config = new ByteRegisters(64).set(0x06, 0x10).set(0x34, 0xfc);

        assertFalse(new MsixEnable(config).possible());
    }

    @Test
    void aPointerIntoTheHeaderEndsTheList() {
        ByteRegisters config = list().set(0x34, 0x10).set(0x10, 0x11, 0, 0, 0x80);

        assertFalse(new MsixEnable(config).possible());
    }

    @Test
    void aFunctionWithoutCapabilityListHasNone() {
        ByteRegisters config = list().set(0x06, 0).set(0x40, 0x11, 0, 0, 0x80);

        assertFalse(new MsixEnable(config).now());
    }

    private static ByteRegisters list() {
        return new ByteRegisters(256).set(0x06, 0x10).set(0x34, 0x40);
    }
}
