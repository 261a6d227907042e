package org.jvirtio.queue;

import static org.jvirtio.queue.PackedQueueMemory.FLAGS_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_AVAIL;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_USED;
import static org.jvirtio.queue.PackedQueueMemory.ID_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.WRAP_SHIFT;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_ADDRESS;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.QueueMemory.FLAG_INDIRECT;
import static org.jvirtio.queue.QueueMemory.FLAG_NEXT;
import static org.jvirtio.queue.QueueMemory.FLAG_WRITE;

import org.jvirtio.memory.NativeMemory;

/**
 * Writes requests into the descriptor ring (virtio 1.4 section 2.8.6), slot after slot, round and
 * round; the wrap counter tells the laps apart.
 *
 * <pre>
 *   slot        0        1        2        3        4
 *   lap 1   | A1      | A2      | B       |         |         |     AVAIL 1, USED 0
 *                                           next
 *   A has two descriptors with NEXT in the first, B one that names a table
 * </pre>
 *
 * <p>A descriptor is available as soon as its flags say so. The first descriptor since the last
 * {@link #show} is therefore held back: the device looks at the slots one after another, so it sees
 * none of those behind before it sees this one.
 */
final class PackedRing {

    private static final int NONE = -1;

    private final PackedQueueMemory shape;
    private final NativeMemory memory;
    private final int capacity;
    private final int tableEntries;
    private int free;

    // The next slot, and the flags that say "available" in the lap it is in.
    private int slot;
    private int available;

    // The slot that is held back, if any, and what it will hold.
    private int heldSlot;
    private long heldWord;

    PackedRing(PackedQueueMemory shape) {
        this.shape = shape;
        memory = shape.bytes();
        capacity = shape.capacity();
        tableEntries = shape.tableEntries();
        clear();
    }

    /** Forgets everything; both wrap counters start with 1 (section 2.8.1). */
    void clear() {
        free = capacity;
        slot = 0;
        available = FLAG_AVAIL;
        heldSlot = NONE;
    }

    /** How many slots {@code chain} takes. */
    int slots(Chain chain) {
        int count = chain.count();
        return count > 1 && count <= tableEntries ? 1 : count;
    }

    boolean hasRoom(int slots) {
        return slots <= free;
    }

    /** How many slots requests have. */
    int busy() {
        return capacity - free;
    }

    /** Takes slots back, of whichever request. */
    void giveBack(int slots) {
        free += slots;
    }

    /** Writes a request of one buffer. */
    void write(int id, long address, long length, int flags) {
        free--;
        add(address, length, id, flags);
    }

    /** Writes a request. */
    void write(int id, Chain chain, int slots) {
        int count = chain.count();
        free -= slots;
        if (slots < count) {
            writeTable(id, chain);
            add(shape.tableAddress(id), (long) DESCRIPTOR_BYTES * count, id, FLAG_INDIRECT);
            return;
        }
        for (int i = 0; i < count; i++) {
            int next = i + 1 < count ? FLAG_NEXT : 0;
            int write = chain.isWritable(i) ? FLAG_WRITE : 0;
            add(chain.address(i), chain.length(i), id, next | write);
        }
    }

    /** Lets the device see everything written so far, the contents before the flags. */
    void show() {
        memory.writeRelease64(at(heldSlot) + DESCRIPTOR_LENGTH, heldWord);
        heldSlot = NONE;
    }

    /** The next slot, with the wrap counter above it. */
    int position() {
        return slot | (available == FLAG_AVAIL ? 1 << WRAP_SHIFT : 0);
    }

    private void add(long address, long length, int id, int flags) {
        int here = slot;
        long descriptor = at(here);
        long word = word(length, id, flags | available);
        memory.write64(descriptor + DESCRIPTOR_ADDRESS, address);
        if (heldSlot == NONE) {
            heldSlot = here;
            heldWord = word;
        } else {
            memory.write64(descriptor + DESCRIPTOR_LENGTH, word);
        }
        int next = here + 1;
        if (next == capacity) {
            next = 0;
            available ^= FLAG_AVAIL | FLAG_USED;
        }
        slot = next;
    }

    /** In a table only WRITE means something; entries follow each other (section 2.8.7). */
    private void writeTable(int id, Chain chain) {
        long entry = shape.table(id);
        int count = chain.count();
        int i = 0;
        while (i < count) {
            int flags = chain.isWritable(i) ? FLAG_WRITE : 0;
            memory.write64(entry + DESCRIPTOR_ADDRESS, chain.address(i));
            memory.write64(entry + DESCRIPTOR_LENGTH, word(chain.length(i), 0, flags));
            entry += DESCRIPTOR_BYTES;
            i++;
        }
    }

    /** Length, id and flags as one little-endian word: one store where C has three. */
    static long word(long length, int id, int flags) {
        return length | (long) id << ID_SHIFT | (long) flags << FLAGS_SHIFT;
    }

    private static long at(int slot) {
        return (long) DESCRIPTOR_BYTES * slot;
    }
}
