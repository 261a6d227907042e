package org.jvirtio.vfio;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarRegisters;

/**
 * The BARs of a function: their kind from the configuration space, their length from VFIO, which
 * bounds every access whatever the function says.
 */
final class RegionBars {

    private RegionBars() {}

    /**
     * Combines both. A BAR that VFIO gives no bytes of is left out: it cannot be used.
     *
     * @param lengths of the six regions of BARs
     */
    static List<Bar> bars(Registers config, long[] lengths) {
        List<Bar> bars = new ArrayList<>();
        for (Bar bar : BarRegisters.decode(config)) {
            long length = lengths[bar.index()];
            if (length > 0) {
                bars.add(bar.ofLength(length));
            }
        }
        return bars;
    }
}
