package org.jvirtio.vfio;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * The I/O addresses that an address space can map, and where the next block of them goes. Addresses
 * are given out once and only rise: blocks live as long as their address space.
 */
final class IovaRanges {

    /** The page of interrupt messages on x86: a write there is an interrupt, never memory. */
    private static final long MSI_START = 0xfee00000L;

    private static final long MSI_END = 0xfeefffffL;

    /** Every kernel can map this much where it does not list its ranges. */
    private static final Range ASSUMED = new Range(0, (1L << 39) - 1);

    /** Address 0 is left out, so that a table that was never set shows. */
    private static final long LOWEST = 1L << 20;

    private static final int IOVA_RANGE = 1;
    private static final int MOST_RANGES = 64;

    /** From the first address to the last one, as VFIO writes it. */
    record Range(long start, long end) {}

    private final List<Range> ranges = new ArrayList<>();
    private long next = LOWEST;

    IovaRanges(List<Range> allowed) {
        for (Range range : allowed) {
            addWithoutMessages(signed(range));
        }
    }

    static IovaRanges of(NativeMemory info) {
        int flags = info.read32(IommuInfoField.FLAGS.offset());
        int first =
                (flags & IommuInfoField.FLAG_CAPS) == 0
                        ? CapabilityChain.NONE
                        : info.read32(IommuInfoField.CAP_OFFSET.offset());
        int at = CapabilityChain.find(info, first, IOVA_RANGE, IovaRangeField.LENGTH);
        if (at == CapabilityChain.NONE) {
            return new IovaRanges(List.of(ASSUMED));
        }
        int count = info.read32(at + IovaRangeField.NR_IOVAS.offset());
        long room = (info.length() - at - IovaRangeField.LENGTH) / IovaRangeField.RANGE_LENGTH;
        List<Range> allowed = new ArrayList<>();
        for (int i = 0; i < Math.min(Math.min(count, room), MOST_RANGES); i++) {
            long element = at + (long) i * IovaRangeField.RANGE_LENGTH;
            allowed.add(
                    new Range(
                            info.read64(element + IovaRangeField.RANGE_START.offset()),
                            info.read64(element + IovaRangeField.RANGE_END.offset())));
        }
        return new IovaRanges(allowed);
    }

    /** True if all of a block may be mapped. */
    boolean contains(long start, long length) {
        for (Range range : ranges) {
            if (start >= range.start && start <= range.end && length - 1 <= range.end - start) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives out the next free addresses.
     *
     * @param alignment a power of two
     */
    long take(long length, long alignment) {
        for (Range range : ranges) {
            long start = Math.max(next, range.start) + alignment - 1 & -alignment;
            if (contains(start, length) && start >= range.start && start <= range.end) {
                next = start + length;
                return start;
            }
        }
        throw new EnvironmentException(
                String.format(
                        "looking for 0x%x bytes of I/O addresses above 0x%x: the IOMMU maps only"
                                + " %s. Use smaller queues or buffers.",
                        length, next, this));
    }

    /** Some IOMMUs map up to 2^64 - 1; no memory lies in the upper half, so it is cut off. */
    private static Range signed(Range range) {
        return range.end < 0 && range.start >= 0 ? new Range(range.start, Long.MAX_VALUE) : range;
    }

    private void addWithoutMessages(Range range) {
        if (range.start < MSI_START && range.end > MSI_END) {
            ranges.add(new Range(range.start, MSI_START - 1));
            ranges.add(new Range(MSI_END + 1, range.end));
        } else if (range.end < MSI_START || range.start > MSI_END) {
            ranges.add(range);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            text.append(text.length() == 0 ? "" : ", ");
            text.append(String.format("0x%x to 0x%x", range.start, range.end));
        }
        return text.length() == 0 ? "nothing" : text.toString();
    }
}
