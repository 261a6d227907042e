package org.jvirtio.model;

import java.util.List;
import java.util.Objects;

/**
 * One request as a model sees it: some readable bytes, then some writable ones, whatever the pieces
 * they came in (virtio 1.4 section 2.7.4.1).
 *
 * <p>Used under the function's lock.
 */
public final class ModelChain {

    private final ModelQueue queue;
    private final int id;
    private final long number;
    private final int life;
    private final List<Segment> segments;
    private final long readable;
    private final long writable;
    private boolean completed;

    /**
     * A chain that was taken from the ring.
     *
     * @param number how many were taken from this ring before
     */
    ModelChain(ModelQueue queue, int id, long number, List<Segment> segments) {
        this.queue = queue;
        this.id = id;
        this.number = number;
        this.life = queue.life();
        this.segments = segments;
        this.readable = total(false);
        this.writable = total(true);
    }

    /** Bytes that came from the driver. */
    public long readableLength() {
        return readable;
    }

    /** Bytes that the device may write. */
    public long writableLength() {
        return writable;
    }

    /** By which it is given back. */
    int id() {
        return id;
    }

    long number() {
        return number;
    }

    int life() {
        return life;
    }

    /** True if the queue was reset since: the buffers are the driver's again. */
    boolean isForgotten() {
        return life != queue.life();
    }

    List<Segment> segments() {
        return segments;
    }

    /** How many descriptors it came in. */
    int count() {
        return segments.size();
    }

    /** Length of its first piece. */
    long firstLength() {
        return segments.get(0).length();
    }

    /** Length of its last piece. */
    long lastLength() {
        return segments.get(segments.size() - 1).length();
    }

    long longestLength() {
        return segments.stream().mapToLong(Segment::length).max().orElse(0);
    }

    /** Notes something that the driver must not do but that can be served all the same. */
    void complain(String text) {
        queue.complain(text);
    }

    /** Copies {@code count} readable bytes, from byte {@code position} of the readable part on. */
    public void read(long position, byte[] target, int count) {
        copy(false, position, target, count);
    }

    /** Copies {@code count} bytes to the writable part, from its byte {@code position} on. */
    public void write(long position, byte[] source, int count) {
        copy(true, position, source, count);
    }

    /**
     * Gives the buffers back to the driver (section 2.7.8).
     *
     * @param written bytes that were written from the start of the writable part on, without gaps
     */
    public void complete(long written) {
        if (completed) {
            throw new IllegalStateException("chain " + id + " was completed before");
        }
        if (written < 0 || written > writable) {
            throw new IllegalArgumentException(
                    written + " bytes written to a chain that takes " + writable);
        }
        completed = true;
        queue.used(this, written);
    }

    private long total(boolean ofWritable) {
        long sum = 0;
        for (Segment segment : segments) {
            sum += segment.writable() == ofWritable ? segment.length() : 0;
        }
        return sum;
    }

    private void copy(boolean write, long position, byte[] bytes, int count) {
        Objects.checkFromIndexSize(position, (long) count, write ? writable : readable);
        long skip = position;
        int done = 0;
        for (Segment segment : segments) {
            if (segment.writable() != write) {
                continue;
            }
            int piece = (int) Math.min(count - done, Math.max(0, segment.length() - skip));
            if (piece > 0 && write) {
                segment.copyFrom(skip, bytes, done, piece);
            } else if (piece > 0) {
                segment.copyTo(skip, bytes, done, piece);
            }
            done += piece;
            skip = Math.max(0, skip - segment.length());
        }
    }
}
