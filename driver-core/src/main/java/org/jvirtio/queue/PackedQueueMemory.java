package org.jvirtio.queue;

import org.jvirtio.QueueAddresses;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;

/**
 * The bytes of a packed virtqueue (virtio 1.4 section 2.8), all in one contiguous block.
 *
 * <pre>
 *   0               descriptor ring, written by both: capacity x 16 bytes
 *                     0 address (8) | 8 length (4) | 12 id (2) | 14 flags (2)
 *   driverEvent     written by the driver: which interrupts it wants
 *                     0 offset and wrap counter (2) | 2 flags (2)
 *                   nothing, up to the next multiple of 128
 *   deviceEvent     written by the device: which notifications it wants; as the driver's
 *                   nothing, up to the next multiple of 4096
 *   tables          indirect tables: capacity x tableEntries x 16 bytes, as the ring
 * </pre>
 *
 * <p>The two event structures have cache lines of their own, because one side writes each and the
 * other reads it. Everything is little-endian.
 */
public final class PackedQueueMemory extends QueueMemory {

    /** From the length on, one word of 64 bits: the id from this bit on, the flags from that. */
    static final int ID_SHIFT = 32;

    static final int FLAGS_SHIFT = 48;

    /** Equal to the driver's wrap counter: made available in this lap. */
    static final int FLAG_AVAIL = 1 << 7;

    /** Equal to FLAG_AVAIL once used, its opposite before. */
    static final int FLAG_USED = 1 << 15;

    /** An event structure as one word: the position below, the flags above. */
    static final int EVENT_FLAGS_SHIFT = 16;

    /** Flags of an event structure: always, never, or when the slot at the offset is reached. */
    static final int EVENT_ENABLE = 0;

    static final int EVENT_DISABLE = 1;
    static final int EVENT_AT_DESCRIPTOR = 2;
    static final int EVENT_FLAGS_MASK = 3;

    /** In 16 bits: a slot, and above it the wrap counter of the lap it is meant in. */
    static final int SLOT_MASK = 0x7fff;

    static final int WRAP_SHIFT = 15;

    private static final int LINES = 128;
    private static final int PAGE = 4096;

    private PackedQueueMemory(DmaRegion region, int capacity, int tableEntries) {
        super(region, capacity, length(capacity), tableEntries);
    }

    /**
     * Allocates zeroed memory for a queue.
     *
     * @param capacity descriptors, 1 to {@link #MAX_CAPACITY}
     * @param tableEntries descriptors of each indirect table; 0 for none
     */
    public static PackedQueueMemory allocate(DmaMemory memory, int capacity, int tableEntries) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "a packed queue of " + capacity + " entries; it has 1 to 32768");
        }
        long tables = (long) capacity * tableEntries * DESCRIPTOR_BYTES;
        DmaRegion region = memory.allocate(length(capacity) + tables, PAGE);
        return new PackedQueueMemory(region, capacity, tableEntries);
    }

    /** Bytes from the first descriptor to the last page of the event structures. */
    public static long length(int capacity) {
        return multiple(deviceEvent(capacity) + LINES, PAGE);
    }

    @Override
    public Virtqueue open(QueueSetup setup) {
        return new PackedQueue(setup, this);
    }

    @Override
    public QueueAddresses addresses() {
        return new QueueAddresses(
                region().deviceAddress(),
                region().deviceAddress(driverEvent()),
                region().deviceAddress(deviceEvent()));
    }

    int driverEvent() {
        return driverEvent(capacity());
    }

    int deviceEvent() {
        return deviceEvent(capacity());
    }

    private static int driverEvent(int capacity) {
        return multiple(DESCRIPTOR_BYTES * capacity, LINES);
    }

    private static int deviceEvent(int capacity) {
        return driverEvent(capacity) + LINES;
    }

    private static int multiple(int bytes, int of) {
        return (bytes + of - 1) & -of;
    }
}
