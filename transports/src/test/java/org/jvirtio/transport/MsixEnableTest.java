package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** PCI Local Bus 3.0 section 6.8.2: bit 15 of message control, as it is at this moment. */
class MsixEnableTest {

    private final ByteRegisters config =
            new ByteRegisters(256)
                    .set(0x06, 0x10)
                    .set(0x34, 0x40)
                    .set(0x40, 0x09, 0x60, 16, 1)
                    .set(0x60, 0x11, 0, 0, 0x80);

    @Test
    void theBitIsReadAgainEachTime() {
        MsixEnable msix = new MsixEnable(config);

        assertTrue(msix.possible());
        assertTrue(msix.now());
        config.set(0x63, 0x7f);
        assertFalse(msix.now());
        config.set(0x63, 0xff);
        assertTrue(msix.now());
    }

    @Test
    void aFunctionWithoutTheCapabilityHasItOff() {
        config.set(0x41, 0);
        MsixEnable msix = new MsixEnable(config);

        assertFalse(msix.possible());
        assertFalse(msix.now());
    }
}
