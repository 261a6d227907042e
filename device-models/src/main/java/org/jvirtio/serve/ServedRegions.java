package org.jvirtio.serve;

import org.jvirtio.Registers;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.ModelFunction;
import org.jvirtio.pci.Bar;

/**
 * The regions of a function as VFIO numbers them, and accesses of any length to them: in pieces of
 * 4, 2 and 1 bytes, each aligned, as a kernel would do it.
 *
 * <pre>
 *   0 to 5  BARs      6  ROM, none      7  configuration space      8  VGA, none
 * </pre>
 */
final class ServedRegions {

    static final int COUNT = 9;
    static final int CONFIG = 7;

    private final ModelFunction function;
    private final Registers config;
    private final long[] lengths = new long[COUNT];

    ServedRegions(ModelFunction function) {
        this.function = function;
        this.config = function.config();
        for (Bar bar : function.bars()) {
            lengths[bar.index()] = bar.length();
        }
        lengths[CONFIG] = config.length();
    }

    /** Bytes; 0 if there is no such region. */
    long length(int region) {
        return lengths[region];
    }

    void read(int region, long offset, int count, NativeMemory target, long at) throws Refusal {
        requireInside("reading", region, offset, count);
        for (int done = 0; done < count; ) {
            int width = width(offset + done, count - done);
            int value = read(region, offset + done, width);
            for (int i = 0; i < width; i++) {
                target.write8(at + done + i, value >>> (8 * i));
            }
            done += width;
        }
    }

    void write(int region, long offset, int count, NativeMemory source, long at) throws Refusal {
        requireInside("writing", region, offset, count);
        for (int done = 0; done < count; ) {
            int width = width(offset + done, count - done);
            int value = 0;
            for (int i = 0; i < width; i++) {
                value |= source.read8(at + done + i) << (8 * i);
            }
            write(region, offset + done, width, value);
            done += width;
        }
    }

    private int read(int region, long offset, int width) {
        if (region != CONFIG) {
            return function.readBar(region, offset, width);
        }
        int at = (int) offset;
        return switch (width) {
            case 1 -> config.read8(at);
            case 2 -> config.read16(at);
            default -> config.read32(at);
        };
    }

    private void write(int region, long offset, int width, int value) {
        if (region != CONFIG) {
            function.writeBar(region, offset, width, value);
            return;
        }
        int at = (int) offset;
        switch (width) {
            case 1 -> config.write8(at, value);
            case 2 -> config.write16(at, value);
            default -> config.write32(at, value);
        }
    }

    private void requireInside(String verb, int region, long offset, int count) throws Refusal {
        if (region < 0 || region >= COUNT) {
            throw new Refusal(
                    Errno.EINVAL, verb + " region " + region + " of " + COUNT + ", counted from 0");
        }
        long length = lengths[region];
        if (count < 0 || offset < 0 || count > length || offset > length - count) {
            throw Refusal.invalid(
                    String.format(
                            "%s bytes 0x%x to 0x%x of region %d, which has 0x%x",
                            verb, offset, offset + count, region, length));
        }
    }

    private static int width(long offset, int left) {
        int aligned = (int) Long.lowestOneBit(offset | 4);
        return Math.min(aligned, Integer.highestOneBit(Math.min(left, 4)));
    }
}
