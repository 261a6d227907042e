package org.jvirtio.queue;

/**
 * What {@link Virtqueue#harvest} found: tokens and used lengths of many requests. Made once, filled
 * again and again. Not thread-safe.
 */
public final class UsedBatch {

    private final long[] tokens;
    private final long[] usedLengths;
    private int count;

    /** Makes room for {@code most} requests. */
    public UsedBatch(int most) {
        tokens = new long[most];
        usedLengths = new long[most];
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
        return tokens.length;
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
