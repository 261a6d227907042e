package org.jvirtio.queue;

import org.jvirtio.memory.CacheLinePadding;

/**
 * Numbers that nobody has: descriptors of a split queue, buffer ids of a packed one.
 *
 * <p>What was given back last is taken first, because it is likely still in the cache. Or, in
 * order, they are taken round and round, x + 1 after x and 0 after the last (virtio 1.4 section
 * 2.7.9), and come back in the same order.
 */
final class FreeList {

    private final boolean inOrder;
    private final int capacity;

    /** In any order only: the free ones, of which the last is next. */
    private final int[] stack;

    private int free;

    /** In order only. */
    private int next;

    FreeList(int capacity, boolean inOrder) {
        this.inOrder = inOrder;
        this.capacity = capacity;
        stack = new int[capacity + CacheLinePadding.PADDING_BYTES / Integer.BYTES];
        clear();
    }

    /** Frees everything. */
    void clear() {
        free = capacity;
        next = 0;
        for (int i = 0; i < capacity; i++) {
            stack[i] = capacity - 1 - i;
        }
    }

    int free() {
        return free;
    }

    /** Takes one, of at least one that is {@link #free}. */
    int take() {
        int last = --free;
        return inOrder ? takeNext() : stack[last];
    }

    /** In order only: what is taken after {@code number}. */
    int after(int number) {
        return number + 1 < capacity ? number + 1 : 0;
    }

    void giveBack(int number) {
        int last = free++;
        if (!inOrder) {
            stack[last] = number;
        }
    }

    private int takeNext() {
        int number = next;
        next = after(number);
        return number;
    }
}
