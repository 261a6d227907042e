package org.jvirtio.queue;

import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/** The bytes of a virtqueue that driver and device share (virtio 1.4 section 2.6). */
public abstract sealed class QueueMemory permits SplitQueueMemory, PackedQueueMemory {

    /** Sections 2.7 and 2.8: the most entries of a queue of either format. */
    public static final int MAX_CAPACITY = 32768;

    // A descriptor, as far as it is the same in both formats (sections 2.7.5 and 2.8.13).
    static final int DESCRIPTOR_BYTES = 16;
    static final int DESCRIPTOR_ADDRESS = 0;
    static final int DESCRIPTOR_LENGTH = 8;

    /** The request goes on in another descriptor. */
    static final int FLAG_NEXT = 1;

    /** The device writes this buffer; otherwise it reads it. If used, packed: the length counts. */
    static final int FLAG_WRITE = 2;

    /** The buffer is itself a table of descriptors. */
    static final int FLAG_INDIRECT = 4;

    private final DmaRegion region;
    private final int capacity;
    private final int tableEntries;
    private final long tables;
    private final long tableBytes;

    /**
     * Describes a queue whose rings are followed by its indirect tables.
     *
     * @param tables where those begin
     * @param tableEntries of 16 bytes in each, one table for each descriptor; 0 for none
     */
    QueueMemory(DmaRegion region, int capacity, long tables, int tableEntries) {
        this.region = region;
        this.capacity = capacity;
        this.tables = tables;
        this.tableEntries = tableEntries;
        tableBytes = (long) DESCRIPTOR_BYTES * tableEntries;
    }

    /**
     * Allocates zeroed memory for a queue of the format that the device agreed to.
     *
     * @param capacity descriptors, as {@link #isCapacity} permits
     * @param tableEntries descriptors of each indirect table; 0 for none
     */
    public static QueueMemory allocate(
            FeatureSet accepted, DmaMemory memory, int capacity, int tableEntries) {
        return accepted.has(RingFeature.RING_PACKED)
                ? PackedQueueMemory.allocate(memory, capacity, tableEntries)
                : SplitQueueMemory.allocate(memory, capacity, tableEntries);
    }

    /** True for what a queue of that format can have as its size. */
    public static boolean isCapacity(FeatureSet accepted, int entries) {
        boolean shape = accepted.has(RingFeature.RING_PACKED) || Integer.bitCount(entries) == 1;
        return entries > 0 && entries <= MAX_CAPACITY && shape;
    }

    /** Takes over a queue that the device was told of and has not used yet; interrupts are off. */
    public abstract Virtqueue open(QueueSetup setup);

    /** What the device is told. */
    public abstract QueueAddresses addresses();

    /** Descriptors. */
    public final int capacity() {
        return capacity;
    }

    /** How many buffers one indirect table holds; 0 if there are no tables. */
    public final int tableEntries() {
        return tableEntries;
    }

    /** What to close once the device can no longer write here. */
    public final DmaRegion region() {
        return region;
    }

    /** Where the indirect table of the request with this id starts. */
    final long table(int id) {
        return tables + tableBytes * id;
    }

    final long tableAddress(int id) {
        return region.deviceAddress(table(id));
    }

    final NativeMemory bytes() {
        return region.memory();
    }
}
