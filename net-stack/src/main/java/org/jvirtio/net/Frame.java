package org.jvirtio.net;

import org.jvirtio.memory.NativeMemory;

/**
 * A view of one frame where it lies, in big-endian fields ("network byte order", RFC 791 appendix
 * B). One object is moved from frame to frame, so that none is made for each.
 *
 * <p>Offsets are bytes from the receiver's address. They are not checked: whoever reads has looked
 * at {@link #length} first. A field is read byte by byte, because no header promises to be aligned.
 */
public final class Frame {

    private NativeMemory memory;
    private long start;
    private int length;

    /** Moves the view; {@code offset} is that of the frame's first byte in the memory. */
    public Frame at(NativeMemory where, long offset, int bytes) {
        memory = where;
        start = offset;
        length = bytes;
        return this;
    }

    /** Bytes of a frame that came in; of one being written, the most it can have. */
    public int length() {
        return length;
    }

    NativeMemory memory() {
        return memory;
    }

    /** Where in {@link #memory} it starts. */
    long start() {
        return start;
    }

    int read8(int offset) {
        return memory.read8(start + offset);
    }

    int read16(int offset) {
        return read8(offset) << 8 | read8(offset + 1);
    }

    int read32(int offset) {
        return read16(offset) << 16 | read16(offset + 2);
    }

    /** True if {@link #word64} may be used there. */
    boolean isAligned64(int offset) {
        return (start + offset) % Long.BYTES == 0;
    }

    /** Eight bytes as they lie, in the order of this machine (x86: the lowest first). */
    long word64(int offset) {
        return memory.read64(start + offset);
    }

    /** An Ethernet address, the first byte highest. */
    long read48(int offset) {
        return (long) read16(offset) << 32 | Integer.toUnsignedLong(read32(offset + 2));
    }

    void write8(int offset, int value) {
        memory.write8(start + offset, value);
    }

    void write16(int offset, int value) {
        write8(offset, value >>> 8);
        write8(offset + 1, value);
    }

    void write32(int offset, int value) {
        write16(offset, value >>> 16);
        write16(offset + 2, value);
    }

    void write48(int offset, long value) {
        write16(offset, (int) (value >>> 32));
        write32(offset + 2, (int) value);
    }

    void zero(int offset, int count) {
        memory.fill(start + offset, count, 0);
    }

    void copyFrom(int offset, Frame source, int sourceOffset, int count) {
        memory.copyFrom(start + offset, source.memory, source.start + sourceOffset, count);
    }

    void copyFrom(int offset, byte[] source) {
        memory.copyFrom(start + offset, source, 0, source.length);
    }

    /** Copies out of the frame. */
    public void copyTo(int offset, byte[] target, int targetOffset, int count) {
        memory.copyTo(start + offset, target, targetOffset, count);
    }
}
