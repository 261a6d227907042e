package org.jvirtio.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.pci.Bar;

/** The {@code resource} attribute; the text is that of a transitional virtio function in QEMU. */
class ResourceTest {

    private static final String TRANSITIONAL =
            """
            0x000000000000c040 0x000000000000c05f 0x0000000000040101
            0x00000000febd4000 0x00000000febd4fff 0x0000000000040200
            0x0000000000000000 0x0000000000000000 0x0000000000000000
            0x0000000000000000 0x0000000000000000 0x0000000000000000
            0x00000000febc4000 0x00000000febc7fff 0x000000000014220c
            0x0000000000000000 0x0000000000000000 0x0000000000000000
            0x0000000000000000 0x0000000000000000 0x0000000000000000
            """;

    @Test
    void readsKindAddressAndLengthOfEachBar() {
        assertEquals(
                List.of(
                        new Bar(0, Bar.Space.IO, false, false, 0xc040, 0x20),
                        new Bar(1, Bar.Space.MEMORY, false, false, 0xfebd4000L, 0x1000),
                        new Bar(4, Bar.Space.MEMORY, true, true, 0xfebc4000L, 0x4000)),
                Resource.bars(TRANSITIONAL));
    }

    @Test
    void theExpansionRomOnTheSeventhLineIsNoBar() {
        String rom = TRANSITIONAL.lines().limit(6).reduce("", (a, b) -> a + b + "\n");
        rom += "0x00000000fea00000 0x00000000fea3ffff 0x0000000000046200\n";
        assertEquals(3, Resource.bars(rom).size());
    }

    @Test
    void aFunctionWithoutBarsHasNone() {
        assertEquals(List.of(), Resource.bars(""));
    }
}
