package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * A descriptor in memory, little-endian (virtio 1.4 sections 2.7.5 and 2.8.13):
 *
 * <pre>
 *            0              8            12            14
 *   split    | le64 address | le32 length | le16 flags | le16 next  |
 *   packed   | le64 address | le32 length | le16 id    | le16 flags |
 * </pre>
 *
 * <p>A table that a descriptor refers to may lie at any address, so its words are read in whatever
 * pieces that address allows.
 */
final class DescriptorBits {

    static final int BYTES = 16;

    static final int ADDRESS = 0;
    static final int LENGTH = 8;
    static final int SPLIT_FLAGS = 12;
    static final int SPLIT_NEXT = 14;
    static final int PACKED_ID = 12;
    static final int PACKED_FLAGS = 14;

    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;

    /** Packed only: equals the driver's wrap counter once the descriptor is available. */
    static final int AVAIL = 1 << 7;

    /** Packed only: equals AVAIL once the descriptor is used. */
    static final int USED = 1 << 15;

    /** All memory of this process, for places that an {@link AddressMap} located. */
    static final NativeMemory PROCESS = new NativeMemory(0, Long.MAX_VALUE);

    private DescriptorBits() {}

    /** The second half of a descriptor is one word of 64 bits; this is its length, unsigned. */
    static long length(long word) {
        return word & 0xffffffffL;
    }

    static int splitFlags(long word) {
        return (int) (word >>> 32) & 0xffff;
    }

    static int splitNext(long word) {
        return (int) (word >>> 48);
    }

    static int packedId(long word) {
        return (int) (word >>> 32) & 0xffff;
    }

    static int packedFlags(long word) {
        return (int) (word >>> 48);
    }

    static long packedWord(long length, int id, int flags) {
        return (length & 0xffffffffL) | (long) id << 32 | (long) flags << 48;
    }

    static int word16(NativeMemory memory, long at) {
        return (memory.address() + at & 1) == 0
                ? memory.read16(at)
                : memory.read8(at) | memory.read8(at + 1) << 8;
    }

    /** Unsigned. */
    static long word32(NativeMemory memory, long at) {
        return (memory.address() + at & 3) == 0
                ? memory.read32(at) & 0xffffffffL
                : word16(memory, at) | (long) word16(memory, at + 2) << 16;
    }

    static long word64(NativeMemory memory, long at) {
        return (memory.address() + at & 7) == 0
                ? memory.read64(at)
                : word32(memory, at) | word32(memory, at + 4) << 32;
    }
}
