package org.jvirtio.queue;

import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_ADDRESS;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_FLAGS;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_LENGTH;
import static org.jvirtio.queue.SplitQueueMemory.DESCRIPTOR_NEXT;
import static org.jvirtio.queue.SplitQueueMemory.FLAG_INDIRECT;
import static org.jvirtio.queue.SplitQueueMemory.FLAG_NEXT;
import static org.jvirtio.queue.SplitQueueMemory.FLAG_WRITE;

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
 * in its {@link FreeList}.
 */
final class DescriptorTable {

    private final SplitQueueMemory shape;
    private final NativeMemory memory;
    private final FreeList descriptors;
    private final int tableEntries;

    DescriptorTable(SplitQueueMemory shape, boolean inOrder) {
        this.shape = shape;
        this.memory = shape.bytes();
        this.descriptors = new FreeList(shape.capacity(), inOrder);
        this.tableEntries = shape.tableEntries();
    }

    /** Frees everything. */
    void clear() {
        descriptors.clear(shape.capacity());
    }

    /** Writes the one descriptor of a buffer; returns it as head, or {@link Virtqueue#FULL}. */
    int place(long address, long length, boolean writable) {
        if (descriptors.free() == 0) {
            return Virtqueue.FULL;
        }
        int head = descriptors.takeOne();
        write(at(head), address, length, writable ? FLAG_WRITE : 0, 0);
        return head;
    }

    /** Writes the descriptors of {@code chain}; returns its head, or {@link Virtqueue#FULL}. */
    int place(Chain chain) {
        int count = chain.count();
        boolean indirect = count > 1 && count <= tableEntries;
        int wanted = indirect ? 1 : count;
        if (wanted > descriptors.free()) {
            return Virtqueue.FULL;
        }
        int head = descriptors.take(wanted);
        if (indirect) {
            placeIndirect(chain, head);
        } else {
            placeDirect(chain, head);
        }
        return head;
    }

    /** In order only: the head of the chain that was placed after that of {@code head}. */
    int after(int head) {
        return descriptors.after(head);
    }

    void free(int head) {
        descriptors.giveBack(head);
    }

    private void placeDirect(Chain chain, int head) {
        FreeList links = descriptors;
        int descriptor = head;
        int last = chain.count() - 1;
        for (int i = 0; i < last; i++) {
            int next = links.next(descriptor);
            write(at(descriptor), chain.address(i), chain.length(i), flags(chain, i, true), next);
            descriptor = next;
        }
        write(
                at(descriptor),
                chain.address(last),
                chain.length(last),
                flags(chain, last, false),
                0);
    }

    private void placeIndirect(Chain chain, int head) {
        long entry = shape.table(head);
        int count = chain.count();
        for (int i = 0; i < count; i++) {
            boolean more = i + 1 < count;
            int next = more ? i + 1 : 0;
            write(entry, chain.address(i), chain.length(i), flags(chain, i, more), next);
            entry += DESCRIPTOR_BYTES;
        }
        write(at(head), shape.tableAddress(head), bytes(count), FLAG_INDIRECT, 0);
    }

    private void write(long offset, long address, long length, int flags, int next) {
        memory.write64(offset + DESCRIPTOR_ADDRESS, address);
        memory.write64(offset + DESCRIPTOR_LENGTH, lengthFlagsNext(length, flags, next));
    }

    /** The three small fields as one little-endian word: one store where C has three. */
    private static long lengthFlagsNext(long length, int flags, int next) {
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
