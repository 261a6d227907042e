package org.jvirtio.queue;

/**
 * Which descriptors are free and which chain is taken from where: a linked list in private memory.
 *
 * <p>The device can write to the shared descriptor table, so nothing is ever read back from there;
 * this list is what the driver believes.
 *
 * <pre>
 *   first -> 3 -> 0 -> 5 -> ...       free
 *   head 7: 7 -> 2 -> 4 = last        taken: three descriptors, still linked
 * </pre>
 *
 * <p>What was given back last is taken first, because it is likely still in the cache; or, in
 * order, the list is a circle that nobody relinks: descriptor x + 1 comes after x, and 0 after the
 * last (virtio 1.4 section 2.7.9).
 */
final class FreeList {

    private final boolean inOrder;
    private final int[] next;
    private final int[] last;
    private final int[] count;
    private int first;
    private int free;

    FreeList(int capacity, boolean inOrder) {
        this.inOrder = inOrder;
        int padded = capacity + CacheLinePadding.PADDING_BYTES / Integer.BYTES;
        next = new int[padded];
        last = new int[padded];
        count = new int[padded];
        clear(capacity);
    }

    /** Frees everything. */
    void clear(int capacity) {
        for (int i = 0; i < capacity; i++) {
            next[i] = i + 1 < capacity ? i + 1 : 0;
        }
        first = 0;
        free = capacity;
    }

    int free() {
        return free;
    }

    /** Takes one descriptor, of at least one that is {@link #free}. */
    int takeOne() {
        int head = first;
        first = next[head];
        free--;
        last[head] = head;
        count[head] = 1;
        return head;
    }

    /** Takes {@code wanted} descriptors, at most {@link #free}; returns the head. */
    int take(int wanted) {
        int[] links = next;
        int head = first;
        int end = head;
        for (int i = 1; i < wanted; i++) {
            end = links[end];
        }
        first = links[end];
        free -= wanted;
        last[head] = end;
        count[head] = wanted;
        return head;
    }

    /** The descriptor after {@code descriptor} in its chain. */
    int next(int descriptor) {
        return next[descriptor];
    }

    /** The descriptor that was free after the chain of {@code head}: where the next began. */
    int after(int head) {
        return next[last[head]];
    }

    /** Takes the chain of {@code head} back, in one step however long it is. */
    void giveBack(int head) {
        if (!inOrder) {
            next[last[head]] = first;
            first = head;
        }
        free += count[head];
    }
}
