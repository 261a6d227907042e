package org.jvirtio.cli.explain;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Capability;

/**
 * Bytes of the configuration space that belong together.
 *
 * @param label for people
 * @param end the first byte after it
 */
record ConfigRange(String label, int begin, int end) {

    private static final int BAR0 = 0x10;

    /** Header fields that a choice looks at, then the capabilities in the order of the list. */
    static List<ConfigRange> of(Explanation explanation) {
        List<ConfigRange> ranges = new ArrayList<>();
        ranges.add(new ConfigRange("vendor and device id", 0x00, 0x04));
        ranges.add(new ConfigRange("status", 0x06, 0x08));
        ranges.add(new ConfigRange("revision and class", 0x08, 0x0c));
        for (Bar bar : explanation.bars()) {
            int begin = BAR0 + 4 * bar.index();
            ranges.add(new ConfigRange("BAR " + bar.index(), begin, begin + (bar.wide() ? 8 : 4)));
        }
        ranges.add(new ConfigRange("subsystem ids", 0x2c, 0x30));
        ranges.add(new ConfigRange("capability pointer", 0x34, 0x35));
        for (Capability capability : explanation.capabilities().capabilities()) {
            int begin = capability.configOffset();
            ranges.add(
                    new ConfigRange(
                            capability.place(), begin, begin + capability.bytes().length()));
        }
        return ranges;
    }

    boolean holds(int offset) {
        return offset >= begin && offset < end;
    }
}
