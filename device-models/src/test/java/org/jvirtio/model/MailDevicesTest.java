package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;

/**
 * The three example devices of the mail of 2011, byte for byte: reference A.2, and the decisions 1,
 * 6, 10 and 12 of A.3.
 */
class MailDevicesTest {

    private static EmulatedFunction block(String layout) {
        return EmulatedDevices.parse("block,layout=" + layout);
    }

    /** All bytes of the capability list's first capability with this id and, at +3, this byte. */
    static String capability(EmulatedFunction function, int id, int type, int length) {
        Registers config = function.config();
        assertEquals(0x10, config.read16(6) & 0x10, "status says that there is a list");
        for (int at = config.read8(0x34); at != 0; at = config.read8(at + 1)) {
            if (config.read8(at) == id && (type < 0 || config.read8(at + 3) == type)) {
                byte[] bytes = new byte[length];
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) config.read8(at + i);
                }
                bytes[1] = 0; // The link depends on what else there is.
                return HexFormat.ofDelimiter(" ").formatHex(bytes);
            }
        }
        throw new AssertionError("no capability 0x" + Integer.toHexString(id));
    }

    @ParameterizedTest
    @CsvSource({
        "mail-transitional, 09 00 14 81 00 00 00 80 00 00 00 81 00 01 00 81 13 00 00 80",
        "mail-fast-isr,     09 00 14 81 00 00 00 00 00 00 00 81 00 01 00 81 00 00 00 80",
        "mail-slow-isr,     09 00 14 81 00 00 00 00 00 00 00 80 00 01 00 80 00 00 00 00",
        "register-set,      09 00 14 81 00 00 00 00 00 00 00 81 00 01 00 81 00 00 00 00",
        "legacy+register-set, 09 00 14 81 00 00 00 80 00 00 00 81 00 01 00 81 13 00 00 80"
    })
    void showTheBytesOfTheMail(String layout, String bytes) {
        assertEquals(bytes, capability(block(layout), 0x09, 0x81, 20));
    }

    @Test
    void showTwoMoreDwordsWhenAskedTo() {
        EmulatedFunction function = block("mail-transitional,msix-dwords=on");

        assertEquals(
                "09 00 1c 81 00 00 00 80 00 00 00 81 00 01 00 81 13 00 00 80"
                        + " 00 02 00 81 00 03 00 81",
                capability(function, 0x09, 0x81, 28));
    }

    @Test
    void keepTheMsixTableAt512AndThePbaAt768OfBar1() {
        assertEquals(
                "11 00 01 00 01 02 00 00 01 03 00 00",
                capability(block("mail-transitional"), 0x11, -1, 12));
    }

    @Test
    void haveNoMsixUnlessTheMailStatesIt() {
        assertEquals(0, block("mail-fast-isr").interrupts().msixVectors());
        assertEquals(0, block("mail-slow-isr").interrupts().msixVectors());
        assertEquals(2, block("mail-transitional").interrupts().msixVectors());
    }

    @Test
    void spendEightBytesOfPortsOnAFastIsr() {
        Bar bar = block("mail-fast-isr").bars().get(0);

        assertEquals(0, bar.index());
        assertEquals(Bar.Space.IO, bar.space());
        assertEquals(8, bar.length());
    }

    @Test
    void putEverythingIntoMemoryBar0WithASlowIsr() {
        List<Bar> bars = block("mail-slow-isr").bars();

        assertEquals(1, bars.size());
        assertEquals(0, bars.get(0).index());
        assertEquals(Bar.Space.MEMORY, bars.get(0).space());
    }

    @ParameterizedTest
    @CsvSource({
        "legacy, 0x1001, 0, 2",
        "transitional, 0x1001, 0, 2",
        "mail-transitional, 0x1001, 0, 2",
        "virtio1, 0x1042, 1, 0x1100",
        "register-set, 0x1042, 1, 0x1100",
        "mail-fast-isr, 0x1042, 1, 0x1100",
        "mail-slow-isr, 0x1042, 1, 0x1100"
    })
    void showTransitionalIdsOnlyWithALegacyLayout(
            String layout, String device, int revision, String subsystem) {
        Registers config = block(layout).config();

        assertEquals(0x1af4, config.read16(0));
        assertEquals(Integer.decode(device), config.read16(2));
        assertEquals(revision, config.read8(8));
        assertEquals(0x010000, config.read32(8) >>> 8);
        assertEquals(Integer.decode(subsystem), config.read16(0x2e));
    }

    @Test
    void haveRoomFor16Vectors() {
        assertEquals(16, block("register-set,vectors=16").interrupts().msixVectors());
        Exception refused =
                assertThrows(
                        IllegalArgumentException.class, () -> block("register-set,vectors=17"));
        assertTrue(refused.getMessage().contains("room for 16"), refused.getMessage());
    }

    @Test
    void readTheIsrAtBar0Plus19WithoutUsingLegacy() {
        EmulatedFunction function = block("mail-transitional,vectors=0");
        MiniDriver driver = MiniDriver.registerSet(function, 1);
        Registers bar0 = MiniDriver.openBar(function, 0);
        MiniQueue queue = driver.start(driver.least());
        queue.offer(
                queue.chain(List.of(queue.readable(new byte[16])), List.of(queue.writable(513))));

        driver.ring();

        assertEquals(1, bar0.read8(19));
        assertEquals(0, bar0.read8(19), "reading cleared it");
        assertEquals(0, driver.registers().read8(0x44), "the other ISR byte is the same one");
        assertEquals(java.util.Set.of(LayoutKind.REGISTER_SET), function.touchedLayouts());
        assertEquals(List.of(), function.complaints().list());
    }
}
