package org.jvirtio.queue;

import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_ADDRESS;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_FLAGS;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_ID;
import static org.jvirtio.queue.PackedQueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_AVAIL;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_INDIRECT;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_NEXT;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_USED;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_WRITE;
import static org.jvirtio.queue.PackedQueueMemory.WRAP_SHIFT;

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
 * <p>A descriptor is available as soon as its flags say so. The flags of the first descriptor since
 * the last {@link #show} are therefore held back: the device looks at the slots one after another,
 * so it sees none of those behind before it sees this one.
 */
final class PackedRing {

    private final PackedQueueMemory shape;
    private final NativeMemory memory;
    private final int capacity;
    private final int tableEntries;
    private int free;

    // The next slot, and the flags that say "available" in the lap it is in.
    private int slot;
    private int available;

    // The slot whose flags are held back, if any.
    private boolean holding;
    private int heldSlot;
    private int heldFlags;

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
        holding = false;
    }

    /** How many slots {@code chain} takes. */
    int slots(Chain chain) {
        int count = chain.count();
        return count > 1 && count <= tableEntries ? 1 : count;
    }

    boolean hasRoom(int slots) {
        return slots <= free;
    }

    /** Takes slots back, of whichever request. */
    void giveBack(int slots) {
        free += slots;
    }

    /** Writes a request of one buffer. */
    void write(int id, long address, long length, boolean writable) {
        free--;
        add(address, length, id, writable ? FLAG_WRITE : 0);
    }

    /** Writes a request. */
    void write(int id, Chain chain) {
        int count = chain.count();
        int slots = slots(chain);
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
        memory.writeRelease16(at(heldSlot) + DESCRIPTOR_FLAGS, heldFlags);
        holding = false;
    }

    /** The next slot, with the wrap counter above it. */
    int position() {
        return slot | (available == FLAG_AVAIL ? 1 << WRAP_SHIFT : 0);
    }

    private void add(long address, long length, int id, int flags) {
        long descriptor = at(slot);
        memory.write64(descriptor + DESCRIPTOR_ADDRESS, address);
        if (holding) {
            memory.write64(
                    descriptor + DESCRIPTOR_LENGTH, lengthIdFlags(length, id, flags | available));
        } else {
            memory.write32(descriptor + DESCRIPTOR_LENGTH, (int) length);
            memory.write16(descriptor + DESCRIPTOR_ID, id);
            holding = true;
            heldSlot = slot;
            heldFlags = flags | available;
        }
        if (++slot == capacity) {
            slot = 0;
            available ^= FLAG_AVAIL | FLAG_USED;
        }
    }

    /** In a table only WRITE means something; entries follow each other (section 2.8.7). */
    private void writeTable(int id, Chain chain) {
        long entry = shape.table(id);
        for (int i = 0; i < chain.count(); i++) {
            int flags = chain.isWritable(i) ? FLAG_WRITE : 0;
            memory.write64(entry + DESCRIPTOR_ADDRESS, chain.address(i));
            memory.write64(entry + DESCRIPTOR_LENGTH, lengthIdFlags(chain.length(i), 0, flags));
            entry += DESCRIPTOR_BYTES;
        }
    }

    /** The three small fields as one little-endian word: one store where C has three. */
    private static long lengthIdFlags(long length, int id, int flags) {
        int idAt = Byte.SIZE * (DESCRIPTOR_ID - DESCRIPTOR_LENGTH);
        int flagsAt = Byte.SIZE * (DESCRIPTOR_FLAGS - DESCRIPTOR_LENGTH);
        return length | (long) id << idAt | (long) flags << flagsAt;
    }

    private static long at(int slot) {
        return (long) DESCRIPTOR_BYTES * slot;
    }
}
