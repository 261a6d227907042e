package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;

/**
 * The BARs of a function: their kind from the configuration space, their length from the region,
 * which bounds every access whatever the function says. Nobody has given them addresses, and they
 * need none: a message names the region.
 */
final class VfioUserBars {

    static final int COUNT = 6;

    private static final int IO = 1;
    private static final int WIDE_MASK = 6;
    private static final int WIDE = 4;
    private static final int PREFETCHABLE = 8;

    private VfioUserBars() {}

    /**
     * Combines both.
     *
     * @param lengths of the six regions of BARs; 0 where there is none
     */
    static List<Bar> bars(Registers config, long[] lengths) {
        List<Bar> bars = new ArrayList<>();
        for (int index = 0; index < COUNT; index++) {
            if (lengths[index] > 0) {
                Bar bar = bar(config, index, lengths[index]);
                bars.add(bar);
                index += bar.wide() ? 1 : 0;
            }
        }
        return List.copyOf(bars);
    }

    private static Bar bar(Registers config, int index, long length) {
        int low = config.read(ConfigRegister.bar(index));
        if ((low & IO) != 0) {
            return new Bar(index, Bar.Space.IO, false, false, low & 0xffff_fffcL, length);
        }
        boolean wide = (low & WIDE_MASK) == WIDE && index + 1 < COUNT;
        long high = wide ? config.read(ConfigRegister.bar(index + 1)) : 0;
        return new Bar(
                index,
                Bar.Space.MEMORY,
                wide,
                (low & PREFETCHABLE) != 0,
                high << Integer.SIZE | (low & 0xffff_fff0L),
                length);
    }
}
