package org.jvirtio.queue;

import org.jvirtio.memory.CacheLinePadding;

/**
 * What {@link Virtqueue#harvest} found: tokens and used lengths of many requests. Made once, filled
 * again and again. Not thread-safe.
 */
public final class UsedBatch extends CacheLinePadding {

    // Two arrays, not pairs in one: what the JIT works out before a loop over every second element
    // costs more than a small batch.
    private final long[] tokens;
    private final long[] usedLengths;
    private final int most;

    private int count;

    /** Makes room for {@code most} requests. */
    public UsedBatch(int most) {
        tokens = new long[most + PADDING_BYTES / Long.BYTES];
        usedLengths = new long[most + PADDING_BYTES / Long.BYTES];
        this.most = most;
    }

    /** Requests that the last harvest found. */
    public int count() {
        return count;
    }

    /** What request {@code index} of the harvest was offered with. */
    public long token(int index) {
        return tokens[index];
    }

    /** Bytes that the device says it wrote for it, never more than it could. */
    public long usedLength(int index) {
        return usedLengths[index];
    }

    int most() {
        return most;
    }

    void clear() {
        count = 0;
    }

    void set(int index, long token, long usedLength) {
        tokens[index] = token;
        usedLengths[index] = usedLength;
    }

    int end(int howMany) {
        count = howMany;
        return howMany;
    }
}
