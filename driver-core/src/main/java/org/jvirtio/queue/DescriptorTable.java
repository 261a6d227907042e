package org.jvirtio.queue;

import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_ADDRESS;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.QueueMemory.FLAG_INDIRECT;
import static org.jvirtio.queue.QueueMemory.FLAG_NEXT;
import static org.jvirtio.queue.QueueMemory.FLAG_WRITE;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_FLAGS;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_NEXT;

import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.NativeMemory;

/**
 * Lays chains out in the descriptor table (virtio 1.4 section 2.7.5), or in an indirect table of
 * their own where there is one that is long enough (2.7.5.3).
 *
 * <pre>
 *   direct, head 4      4: header, next 7    7: data, next 2    2: status
 *   indirect, head 4    4: table 4, 48 bytes
 *                          table 4:   0: header, next 1   1: data, next 2   2: status
 * </pre>
 *
 * <p>The device can write to these tables, so this class only ever writes them; what it believes is
 * in its {@link FreeList}. The memory comes with each call: the queue has it at hand, and one
 * object more to keep in a register costs a loop over a batch some 5 %.
 */
final class DescriptorTable {

    private final SplitQueueMemory shape;
    private final FreeList free;
    private final int tableEntries;

    /** The descriptor after each in a chain of many; private, unlike those in the table. */
    private final int[] links;

    DescriptorTable(SplitQueueMemory shape, boolean inOrder) {
        this.shape = shape;
        this.free = new FreeList(shape.capacity(), inOrder);
        this.tableEntries = shape.tableEntries();
        this.links = new int[shape.capacity() + CacheLinePadding.PADDING_BYTES / Integer.BYTES];
    }

    /** Frees everything. */
    void clear() {
        free.clear();
    }

    /** How many descriptors {@code chain} takes. */
    int slots(Chain chain) {
        int count = chain.count();
        return count > 1 && count <= tableEntries ? 1 : count;
    }

    boolean hasRoom(int slots) {
        return slots <= free.free();
    }

    /** Writes the one descriptor of a buffer into the queue's memory; returns it as head. */
    int place(NativeMemory memory, long address, long length, int flags) {
        int head = free.take();
        write(memory, at(head), address, length, flags, 0);
        return head;
    }

    /** Writes the descriptors of {@code chain} into the queue's memory; returns its head. */
    int place(NativeMemory memory, Chain chain, int slots) {
        int head = free.take();
        if (slots < chain.count()) {
            placeIndirect(memory, chain, head);
        } else {
            placeDirect(memory, chain, head);
        }
        return head;
    }

    void free(int head, int slots) {
        free.giveBack(head);
        if (slots > 1) {
            freeRest(head, slots);
        }
    }

    private void freeRest(int head, int slots) {
        int descriptor = head;
        for (int i = 1; i < slots; i++) {
            descriptor = links[descriptor];
            free.giveBack(descriptor);
        }
    }

    private void placeDirect(NativeMemory memory, Chain chain, int head) {
        int descriptor = head;
        int last = chain.count() - 1;
        for (int i = 0; i < last; i++) {
            int next = free.take();
            links[descriptor] = next;
            write(
                    memory,
                    at(descriptor),
                    chain.address(i),
                    chain.length(i),
                    flags(chain, i, true),
                    next);
            descriptor = next;
        }
        write(
                memory,
                at(descriptor),
                chain.address(last),
                chain.length(last),
                flags(chain, last, false),
                0);
    }

    private void placeIndirect(NativeMemory memory, Chain chain, int head) {
        long entry = shape.table(head);
        int last = chain.count() - 1;
        int i = 0;
        while (i < last) {
            write(memory, entry, chain.address(i), chain.length(i), flags(chain, i, true), i + 1);
            entry += DESCRIPTOR_BYTES;
            i++;
        }
        write(memory, entry, chain.address(last), chain.length(last), flags(chain, last, false), 0);
        write(memory, at(head), shape.tableAddress(head), bytes(last + 1), FLAG_INDIRECT, 0);
    }

    private static void write(
            NativeMemory memory, long offset, long address, long length, int flags, int next) {
        memory.write64(offset + DESCRIPTOR_ADDRESS, address);
        memory.write64(offset + DESCRIPTOR_LENGTH, word(length, flags, next));
    }

    /** The three small fields as one little-endian word: one store where C has three. */
    static long word(long length, int flags, int next) {
        int flagsAt = Byte.SIZE * (DESCRIPTOR_FLAGS - DESCRIPTOR_LENGTH);
        int nextAt = Byte.SIZE * (DESCRIPTOR_NEXT - DESCRIPTOR_LENGTH);
        return length | (long) flags << flagsAt | (long) next << nextAt;
    }

    private static int flags(Chain chain, int index, boolean more) {
        return (chain.isWritable(index) ? FLAG_WRITE : 0) | (more ? FLAG_NEXT : 0);
    }

    private static long at(int descriptor) {
        return bytes(descriptor);
    }

    private static long bytes(int descriptors) {
        return (long) DESCRIPTOR_BYTES * descriptors;
    }
}
