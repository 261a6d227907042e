package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.dump.DumpFunction;

/** Base address registers (PCI Local Bus 3.0 section 6.2.5.1). */
class BarValueTest {

    private static List<Bar> decode(int... registers) {
        byte[] config = new byte[64];
        for (int i = 0; i < registers.length; i++) {
            for (int shift = 0; shift < 4; shift++) {
                config[ConfigRegister.bar(i).offset() + shift] =
                        (byte) (registers[i] >>> (8 * shift));
            }
        }
        return new DumpFunction("test", config).bars();
    }

    private static Bar memory(int index, boolean wide, boolean prefetchable, long address) {
        return new Bar(index, Bar.Space.MEMORY, wide, prefetchable, address, Bar.UNKNOWN_LENGTH);
    }

    @Test
    void everyKindHasItsAddressWithoutTheBitsThatSayWhich() {
        assertEquals(
                List.of(
                        new Bar(0, Bar.Space.IO, false, false, 0xc04c, Bar.UNKNOWN_LENGTH),
                        memory(1, false, false, 0xfebd_1000L),
                        memory(2, false, true, 0xf000_0000L),
                        memory(3, true, true, 0x80_fe00_4000L)),
                decode(0xc04d, 0xfebd_1000, 0xf000_0008, 0xfe00_400c, 0x80));
    }

    /** Ports have two bits that say which kind, and so may have an address that ends in c. */
    @Test
    void portsAreNeitherWideNorPrefetchableWhateverTheirAddress() {
        assertEquals(
                List.of(new Bar(4, Bar.Space.IO, false, false, 0x100c, Bar.UNKNOWN_LENGTH)),
                decode(0, 0, 0, 0, 0x100d));
    }

    @Test
    void aWideOneWhoseLowerHalfIsZeroIsThere() {
        assertEquals(List.of(memory(0, true, false, 0x1_0000_0000L)), decode(4, 1));
    }

    @Test
    void theLastRegisterIsNeverHalfOfTwo() {
        assertEquals(
                List.of(memory(5, false, false, 0xfe00_0000L)), decode(0, 0, 0, 0, 0, 0xfe00_0004));
    }
}
