package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;

/** BARs as VFIO gives them: the region's length is the bound, never the register. */
class RegionBarsTest {

    private static Registers config() {
        Registers config = mock(Registers.class);
        when(config.read(any())).thenReturn(0);
        when(config.read(ConfigRegister.BAR0)).thenReturn(0xc041);
        when(config.read(ConfigRegister.BAR1)).thenReturn(0xfebd4000);
        when(config.read(ConfigRegister.BAR4)).thenReturn(0xfebc400c);
        when(config.read(ConfigRegister.BAR5)).thenReturn(1);
        when(config.read8(anyInt())).thenReturn(0);
        return config;
    }

    @Test
    void kindComesFromTheRegisterAndLengthFromTheRegion() {
        long[] lengths = {0x20, 0x1000, 0, 0, 0x4000, 0};
        assertEquals(
                List.of(
                        new Bar(0, Bar.Space.IO, false, false, 0xc040, 0x20),
                        new Bar(1, Bar.Space.MEMORY, false, false, 0xfebd4000L, 0x1000),
                        new Bar(4, Bar.Space.MEMORY, true, true, 0x1febc4000L, 0x4000)),
                RegionBars.bars(config(), lengths));
    }

    /** Fault H1: region info of size 0. */
    @Test
    void aBarWithoutBytesIsLeftOut() {
        assertEquals(List.of(), RegionBars.bars(config(), new long[6]));
    }
}
