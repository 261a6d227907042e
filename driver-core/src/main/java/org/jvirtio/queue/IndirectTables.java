package org.jvirtio.queue;

import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * Indirect tables of their owner's own (virtio 1.4 sections 2.7.5.3 and 2.8.7), laid out once and
 * offered many times: of a request whose header and status stay where they are, only the entry of
 * the data is written anew.
 *
 * <pre>
 *   table 0   entry 0: header   entry 1: data   entry 2: status   nothing, up to 64 bytes
 *   table 1   entry 0: ...
 * </pre>
 *
 * <p>All tables have the same number of entries, and each entry must be set before its table is
 * offered. A table is the device's from {@link Virtqueue#offerTable} to completion. The device can
 * write here, so nothing is ever read back. Not thread-safe.
 */
public final class IndirectTables {

    /** A table begins on a cache line of its own. */
    private static final int LINE = 64;

    private final boolean packed;
    private final DmaRegion region;
    private final NativeMemory memory;
    private final int entries;
    private final int stride;

    /**
     * Tables for the format that the device agreed to.
     *
     * @param accepted with INDIRECT_DESC
     * @param region of {@link #length} bytes
     * @param entries buffers of each request
     */
    public IndirectTables(FeatureSet accepted, DmaRegion region, int entries) {
        if (!accepted.has(RingFeature.INDIRECT_DESC)) {
            // 2.7.5.3.1: not "unless the VIRTIO_F_INDIRECT_DESC feature was negotiated".
            throw new IllegalArgumentException(
                    "indirect tables for a device that did not agree to INDIRECT_DESC");
        }
        packed = accepted.has(RingFeature.RING_PACKED);
        this.region = region;
        memory = region.memory();
        this.entries = entries;
        stride = stride(entries);
    }

    /** Bytes of so many tables. */
    public static long length(int tables, int entries) {
        return (long) stride(entries) * tables;
    }

    /** Says where one buffer of the request lies; readable ones come first. */
    public void set(int table, int entry, long address, long length, boolean writable) {
        Chain.requireLength(length, 0);
        long at = offset(table) + (long) QueueMemory.DESCRIPTOR_BYTES * entry;
        memory.write64(at + QueueMemory.DESCRIPTOR_ADDRESS, address);
        memory.write64(at + QueueMemory.DESCRIPTOR_LENGTH, word(entry, length, writable));
    }

    int entries() {
        return entries;
    }

    /** Bytes of one table that mean something. */
    long bytes() {
        return (long) QueueMemory.DESCRIPTOR_BYTES * entries;
    }

    long address(int table) {
        return region.deviceAddress(offset(table));
    }

    /** In a packed ring's table, entries follow each other and only WRITE means something. */
    private long word(int entry, long length, boolean writable) {
        int flags = writable ? QueueMemory.FLAG_WRITE : 0;
        if (packed) {
            return PackedRing.word(length, 0, flags);
        }
        boolean last = entry + 1 == entries;
        return last
                ? DescriptorTable.word(length, flags, 0)
                : DescriptorTable.word(length, flags | QueueMemory.FLAG_NEXT, entry + 1);
    }

    private long offset(int table) {
        return (long) stride * table;
    }

    private static int stride(int entries) {
        return (QueueMemory.DESCRIPTOR_BYTES * entries + LINE - 1) & -LINE;
    }
}
