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
 */
final class FreeList {

    private final int[] next;
    private final int[] last;
    private final int[] count;
    private int first;
    private int free;

    FreeList(int capacity) {
        next = new int[capacity];
        last = new int[capacity];
        count = new int[capacity];
        free = capacity;
        for (int i = 0; i < capacity; i++) {
            next[i] = i + 1;
        }
    }

    int free() {
        return free;
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

    /** True if a chain that starts at {@code head} is taken. */
    boolean isTaken(int head) {
        return count[head] != 0;
    }

    /** Takes the chain of {@code head} back, in one step however long it is. */
    void giveBack(int head) {
        next[last[head]] = first;
        first = head;
        free += count[head];
        count[head] = 0;
    }
}
