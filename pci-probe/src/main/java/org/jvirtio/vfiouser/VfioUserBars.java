package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarRegisters;
import org.jvirtio.pci.BarValue;

/**
 * The BARs of a function: their kind from the configuration space, their length from the region,
 * which bounds every access whatever the function says. Nobody has given them addresses, and they
 * need none: a message names the region.
 */
final class VfioUserBars {

    private VfioUserBars() {}

    /**
     * Combines both.
     *
     * @param lengths of the six regions of BARs; 0 where there is none
     */
    static List<Bar> bars(Registers config, long[] lengths) {
        List<Bar> bars = new ArrayList<>();
        for (int index = 0; index < BarRegisters.COUNT; index++) {
            if (lengths[index] > 0) {
                BarValue value = BarValue.read(config, index, BarRegisters.COUNT);
                bars.add(value.bar(index, lengths[index]));
                index += value.registers() - 1;
            }
        }
        return List.copyOf(bars);
    }
}
