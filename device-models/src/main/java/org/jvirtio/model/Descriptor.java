package org.jvirtio.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jvirtio.memory.NativeMemory;

/**
 * A descriptor, copied out of the driver's memory once (virtio 1.4 section 2.7.5):
 *
 * <pre>
 *   0              8        12       14
 *   | le64 address | le32 length | le16 flags | le16 next |
 * </pre>
 *
 * @param length bytes, unsigned 32 bits
 */
record Descriptor(long address, long length, int flags, int next) {

    static final int BYTES = 16;

    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;

    /** Entry {@code index} of a table; the table may lie at any address. */
    static Descriptor read(NativeMemory table, int index) {
        byte[] copy = new byte[BYTES];
        table.copyTo((long) index * BYTES, copy, 0, BYTES);
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        return new Descriptor(
                bytes.getLong(0),
                Integer.toUnsignedLong(bytes.getInt(8)),
                Short.toUnsignedInt(bytes.getShort(12)),
                Short.toUnsignedInt(bytes.getShort(14)));
    }

    boolean hasNext() {
        return (flags & NEXT) != 0;
    }

    boolean isWritable() {
        return (flags & WRITE) != 0;
    }

    boolean isIndirect() {
        return (flags & INDIRECT) != 0;
    }
}
