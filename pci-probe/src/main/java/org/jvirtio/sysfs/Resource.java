package org.jvirtio.sysfs;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.pci.Bar;

/**
 * The {@code resource} attribute: a line per BAR with first address, last address and flags (Linux
 * {@code include/linux/ioport.h}), all zero where there is no BAR.
 */
final class Resource {

    private static final int BARS = 6;
    private static final long IO = 0x100;
    private static final long MEMORY = 0x200;
    private static final long PREFETCH = 0x2000;
    private static final long MEMORY_64 = 0x100000;

    private Resource() {}

    static List<Bar> bars(String text) {
        List<Bar> bars = new ArrayList<>();
        String[] lines = text.split("\n", BARS + 1);
        for (int index = 0; index < Math.min(BARS, lines.length); index++) {
            String[] fields = lines[index].trim().split(" ", 3);
            if (fields.length == 3) {
                addBar(bars, index, number(fields[0]), number(fields[1]), number(fields[2]));
            }
        }
        return bars;
    }

    private static void addBar(List<Bar> bars, int index, long first, long last, long flags) {
        if ((flags & (IO | MEMORY)) == 0) {
            return;
        }
        bars.add(
                new Bar(
                        index,
                        (flags & IO) != 0 ? Bar.Space.IO : Bar.Space.MEMORY,
                        (flags & MEMORY_64) != 0,
                        (flags & PREFETCH) != 0,
                        first,
                        last - first + 1));
    }

    private static long number(String text) {
        return Long.parseUnsignedLong(text.substring(2), 16);
    }
}
