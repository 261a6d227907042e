package org.jvirtio.queue;

import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;

/**
 * The bytes of a split virtqueue (virtio 1.4 section 2.7), all in one contiguous block.
 *
 * <pre>
 *   0               descriptor table: capacity x 16 bytes
 *                     0 address (8) | 8 length (4) | 12 flags (2) | 14 next (2)
 *   16 * capacity   available ring, written by the driver
 *                     0 flags (2) | 2 index (2) | 4 heads: capacity x 2 | used_event (2)
 *                   nothing, up to the next multiple of 4096
 *   usedRing        used ring, written by the device
 *                     0 flags (2) | 2 index (2) | 4 elements: capacity x (id 4, length 4)
 *                     | avail_event (2)
 *                   nothing, up to the next multiple of 4096
 *   tables          indirect tables: capacity x tableEntries x 16 bytes, as the descriptor table
 * </pre>
 *
 * <p>The oldest register layout knows only the number of the first page, and so fixes this shape up
 * to the end of the used ring (section 2.7.2); the others take any three addresses. One shape
 * serves both, and one picture has to be learnt. Everything is little-endian.
 */
public final class SplitQueueMemory extends QueueMemory {

    /** Section 2.7.2: the alignment of the block and of the used ring in it. */
    static final int PAGE = 4096;

    static final int DESCRIPTOR_FLAGS = 12;
    static final int DESCRIPTOR_NEXT = 14;

    /** Both rings start alike. */
    static final int RING_FLAGS = 0;

    static final int RING_INDEX = 2;
    static final int RING_ENTRIES = 4;

    static final int HEAD_BYTES = 2;
    static final int ELEMENT_BYTES = 8;
    static final int ELEMENT_ID = 0;
    static final int ELEMENT_LENGTH = 4;

    private static final int EVENT_BYTES = 2;

    private SplitQueueMemory(DmaRegion region, int capacity, int tableEntries) {
        super(region, capacity, length(capacity), tableEntries);
    }

    /**
     * Allocates zeroed memory for a queue.
     *
     * @param capacity descriptors, a power of two up to {@link #MAX_CAPACITY}
     * @param tableEntries descriptors of each indirect table; 0 for none
     */
    public static SplitQueueMemory allocate(DmaMemory memory, int capacity, int tableEntries) {
        requireCapacity(capacity);
        long tables = (long) capacity * tableEntries * DESCRIPTOR_BYTES;
        DmaRegion region = memory.allocate(length(capacity) + tables, PAGE);
        return new SplitQueueMemory(region, capacity, tableEntries);
    }

    /** Bytes from the descriptor table to the end of the used ring's last page. */
    public static long length(int capacity) {
        return (long) usedRing(capacity)
                + pages(RING_ENTRIES + ELEMENT_BYTES * capacity + EVENT_BYTES);
    }

    @Override
    public Virtqueue open(QueueSetup setup) {
        return new SplitQueue(setup, this);
    }

    @Override
    public QueueAddresses addresses() {
        return new QueueAddresses(
                region().deviceAddress(),
                region().deviceAddress(availableRing()),
                region().deviceAddress(usedRing()));
    }

    int availableRing() {
        return DESCRIPTOR_BYTES * capacity();
    }

    int usedRing() {
        return usedRing(capacity());
    }

    /** Where the driver says at which used index it wants an interrupt (section 2.7.7). */
    int usedEvent() {
        return availableRing() + RING_ENTRIES + HEAD_BYTES * capacity();
    }

    /** Where the device says at which available index it wants a notification (2.7.10). */
    int availableEvent() {
        return usedRing() + RING_ENTRIES + ELEMENT_BYTES * capacity();
    }

    private static int usedRing(int capacity) {
        int descriptors = DESCRIPTOR_BYTES * capacity;
        return pages(descriptors + RING_ENTRIES + HEAD_BYTES * capacity + EVENT_BYTES);
    }

    private static int pages(int bytes) {
        return (bytes + PAGE - 1) & -PAGE;
    }

    private static void requireCapacity(int capacity) {
        if (!isCapacity(FeatureSet.NONE, capacity)) {
            throw new IllegalArgumentException(
                    "a split queue of " + capacity + " entries; it has a power of two up to 32768");
        }
    }
}
