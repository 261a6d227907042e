package org.jvirtio.queue;

/**
 * Gives each request of a packed queue an id that no other in flight has (virtio 1.4 section 2.8.6:
 * "buffer ID").
 *
 * <p>What was given back last is taken first; or, in order, ids count round, so that the request
 * after that of id x has id x + 1.
 */
final class BufferIds {

    private final boolean inOrder;
    private final int capacity;
    private final int[] free;
    private int count;
    private int next;

    BufferIds(int capacity, boolean inOrder) {
        this.inOrder = inOrder;
        this.capacity = capacity;
        free = new int[capacity + CacheLinePadding.PADDING_BYTES / Integer.BYTES];
        clear();
    }

    /** Frees everything. */
    void clear() {
        count = capacity;
        next = 0;
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
    }

    /** Takes an id; a request has at least one descriptor, so there are as many ids as needed. */
    int take() {
        if (!inOrder) {
            return free[--count];
        }
        int id = next;
        next = after(id);
        return id;
    }

    /** In order only: the id of the request after that of {@code id}. */
    int after(int id) {
        return id + 1 < capacity ? id + 1 : 0;
    }

    void giveBack(int id) {
        if (!inOrder) {
            free[count++] = id;
        }
    }
}
