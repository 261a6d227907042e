package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;

/** The legacy header and what follows it (virtio 1.4 sections 4.1.4.10, 2.7.2, 6.3). */
class LegacyBankTest {

    private static final long SECTORS = (64L << 20) / 512;

    private final EmulatedFunction function = EmulatedDevices.parse("block,layout=transitional");
    private final Registers header = MiniDriver.openBar(function, 0);

    @Test
    void movesTheConfigurationWhenMsixIsToggled() {
        assertEquals(SECTORS, header.read32(20));

        function.interrupts().enableMsix(2);
        assertEquals(SECTORS, header.read32(24));
        assertEquals(0xffff, header.read16(20));
        assertEquals(0xffff, header.read16(22));

        function.interrupts().disable();
        assertEquals(SECTORS, header.read32(20));
    }

    @Test
    void movesTheConfigurationWhenTheEnableBitIsWrittenInConfigurationSpace() {
        Registers config = function.config();
        int msix = config.read8(0x34);
        while (config.read8(msix) != 0x11) {
            msix = config.read8(msix + 1);
        }

        config.write16(msix + 2, 0x8000 | config.read16(msix + 2));

        assertEquals(0x8001, config.read16(msix + 2));
        assertEquals(SECTORS, header.read32(24));
    }

    @Test
    void givesTheSameConfigurationInAnyWidth() {
        int bytes = 0;
        for (int i = 0; i < 4; i++) {
            bytes |= header.read8(20 + i) << (8 * i);
        }

        assertEquals(header.read32(20), bytes);
        assertEquals(header.read32(20) & 0xffff, header.read16(20));
    }

    @Test
    void offers32BitsWithAnyLayoutAndWithoutVersion1() {
        MiniDriver driver = MiniDriver.legacy(function);

        assertEquals(MiniDriver.ANY_LAYOUT, driver.offered() & MiniDriver.ANY_LAYOUT);
        long modern = MiniDriver.virtio1(function).offered();
        assertEquals(0, modern & MiniDriver.ANY_LAYOUT);
        assertEquals(MiniDriver.VERSION_1, modern & MiniDriver.VERSION_1);
    }

    @Test
    void hasAQueueOfAFixedSize() {
        header.write16(14, 0);
        header.write16(12, 16);

        assertEquals(256, header.read16(12));
        header.write16(14, 1);
        assertEquals(0, header.read16(12), "there is no second queue");
    }

    /** Section 3.1.2: legacy drivers did so, and transitional devices have to bear with them. */
    @Test
    void servesRequestsBeforeDriverOk() {
        try (EmulatedFunction entropy = EmulatedDevices.parse("entropy,layout=legacy")) {
            MiniDriver driver = MiniDriver.legacy(entropy);
            driver.negotiate(driver.least());
            MiniQueue queue = driver.enableQueue(driver.memory(), 256);

            driver.request(queue, 4);

            assertEquals(1, queue.usedIndex());
            assertEquals("[]", entropy.complaints().list().toString());
        }
    }

    @Test
    void liesInIoSpaceOfThePowerOfTwoAbove() {
        Bar bar = function.bars().get(0);

        assertEquals(Bar.Space.IO, bar.space());
        assertEquals(128, bar.length(), "24 bytes of header and 60 of configuration");
    }
}
