package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * A split queue at one moment, read from its memory (virtio 1.4 section 2.7).
 *
 * @param moment what has just happened
 * @param rows one for each entry: descriptor, available, used
 */
record RingState(String moment, int availableIndex, int usedIndex, List<Row> rows) {

    /** What the three parts of the queue hold at one position. */
    record Row(String descriptor, String available, String used) {}

    /** A larger queue is cut: the first entries are enough to see how it works. */
    private static final int MOST_ROWS = 8;

    private static final int NEXT = 1;
    private static final int WRITE = 2;

    RingState {
        rows = List.copyOf(rows);
    }

    /** Where the three parts are in memory that we see. */
    record Place(DmaRegion region, int capacity, long descriptors, long available, long used) {

        private NativeMemory memory() {
            return region.memory();
        }

        int usedIndex() {
            return memory().readAcquire16(used + 2);
        }
    }

    static RingState read(String moment, Place place) {
        NativeMemory memory = place.memory();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_ROWS, place.capacity()); i++) {
            rows.add(
                    new Row(
                            descriptor(memory, place.descriptors() + 16L * i),
                            "" + memory.read16(place.available() + 4 + 2L * i),
                            used(memory, place.used() + 4 + 8L * i)));
        }
        return new RingState(moment, memory.read16(place.available() + 2), place.usedIndex(), rows);
    }

    private static String descriptor(NativeMemory memory, long at) {
        int length = memory.read32(at + 8);
        if (length == 0) {
            return "-";
        }
        int flags = memory.read16(at + 12);
        return String.format(
                "0x%x, %d bytes, %s%s",
                memory.read64(at),
                length,
                (flags & WRITE) != 0 ? "device writes" : "device reads",
                (flags & NEXT) != 0 ? ", next " + memory.read16(at + 14) : "");
    }

    private static String used(NativeMemory memory, long at) {
        return "id " + memory.read32(at) + ", " + memory.read32(at + 4) + " bytes";
    }
}
