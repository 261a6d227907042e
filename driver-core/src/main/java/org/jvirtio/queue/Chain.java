package org.jvirtio.queue;

/**
 * The buffers of one request, in order: those the device reads, then those it writes (virtio 1.4
 * section 2.7.4.2). Filled, offered, cleared and filled again; nothing is allocated after the
 * constructor.
 *
 * <p>Addresses are device addresses. Not thread-safe.
 */
public final class Chain {

    /** Section 2.7.5.2: no chain "longer than 2^32 bytes in total". */
    static final long MAX_BYTES = 1L << 32;

    private final long[] addresses;
    private final long[] lengths;
    private int count;
    private int readableCount;
    private long readableBytes;
    private long writableBytes;

    /** Makes room for up to {@code maximum} buffers. */
    public Chain(int maximum) {
        addresses = new long[maximum];
        lengths = new long[maximum];
    }

    public Chain clear() {
        count = 0;
        readableCount = 0;
        readableBytes = 0;
        writableBytes = 0;
        return this;
    }

    /** Adds {@code length} bytes that the device reads. */
    public Chain readable(long address, long length) {
        if (readableCount != count) {
            throw new IllegalStateException(
                    "a readable buffer after "
                            + (count - readableCount)
                            + " writable ones; readable buffers come first");
        }
        append(address, length);
        readableCount++;
        readableBytes += length;
        return this;
    }

    /** Adds {@code length} bytes that the device writes. */
    public Chain writable(long address, long length) {
        append(address, length);
        writableBytes += length;
        return this;
    }

    /** Buffers. */
    public int count() {
        return count;
    }

    public long address(int index) {
        return addresses[index];
    }

    /** Bytes of one buffer, 1 to 2^32 - 1. */
    public long length(int index) {
        return lengths[index];
    }

    public boolean isWritable(int index) {
        return index >= readableCount;
    }

    /** The most bytes that the device may write. */
    public long writableBytes() {
        return writableBytes;
    }

    private void append(long address, long length) {
        if (count == addresses.length) {
            throw new IllegalStateException(
                    "buffer number " + (count + 1) + " in a chain made for " + addresses.length);
        }
        requireLength(length, readableBytes + writableBytes);
        addresses[count] = address;
        lengths[count] = length;
        count++;
    }

    /** Throws unless {@code length} more bytes can follow {@code before}. */
    static void requireLength(long length, long before) {
        if (length <= 0 || length >= MAX_BYTES || length > MAX_BYTES - before) {
            throw new IllegalArgumentException(
                    String.format(
                            "a buffer of %d bytes in a chain that has %d; each has 1 to 2^32 - 1,"
                                    + " all together at most 2^32",
                            length, before));
        }
    }
}
