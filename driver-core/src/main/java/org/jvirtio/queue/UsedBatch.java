package org.jvirtio.queue;

import org.jvirtio.memory.CacheLinePadding;

/**
 * What {@link Virtqueue#harvest} found: tokens and used lengths of many requests. Made once, filled
 * again and again. Not thread-safe.
 */
public final class UsedBatch extends CacheLinePadding {

    private static final int LONGS = 2;

    /** Token and used length of each, side by side. */
    private final long[] pairs;

    private final int most;

    private int count;

    /** Makes room for {@code most} requests. */
    public UsedBatch(int most) {
        pairs = new long[LONGS * most + PADDING_BYTES / Long.BYTES];
        this.most = most;
    }

    /** Requests that the last harvest found. */
    public int count() {
        return count;
    }

    /** What request {@code index} of the harvest was offered with. */
    public long token(int index) {
        return pairs[LONGS * index];
    }

    /** Bytes that the device says it wrote for it, never more than it could. */
    public long usedLength(int index) {
        return pairs[LONGS * index + 1];
    }

    int most() {
        return most;
    }

    void clear() {
        count = 0;
    }

    void set(int index, long token, long usedLength) {
        long[] all = pairs;
        all[LONGS * index] = token;
        all[LONGS * index + 1] = usedLength;
    }

    int end(int howMany) {
        count = howMany;
        return howMany;
    }
}
