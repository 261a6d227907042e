package org.jvirtio.device;

import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.IndirectTables;
import org.jvirtio.queue.Virtqueue;

/**
 * An indirect table for each slot: header and status are in it from the start, so that a request
 * with one data buffer writes one entry and not three.
 *
 * <pre>
 *   table   0 header (of the slot)   1 data   2 status (of the slot)
 * </pre>
 */
final class BlockTables {

    private static final int HEADER = 0;
    private static final int DATA = 1;
    private static final int STATUS = 2;
    private static final int ENTRIES = 3;
    private static final int LINE = 64;

    private final IndirectTables tables;

    /** Of a device that agreed to INDIRECT_DESC. */
    BlockTables(RunningDevice device, BlockSlots slots, int count) {
        DmaRegion region = device.allocate(IndirectTables.length(count, ENTRIES), LINE);
        tables = new IndirectTables(device.accepted(), region, ENTRIES);
        for (int slot = 0; slot < count; slot++) {
            tables.set(slot, HEADER, slots.headerAddress(slot), BlockField.HEADER_BYTES, false);
            tables.set(slot, STATUS, slots.statusAddress(slot), BlockField.STATUS_BYTES, true);
        }
    }

    /** Offers the request of a slot, with the slot as its token; false if the queue is full. */
    boolean offer(Virtqueue queue, int slot, boolean writable, long address, int length) {
        tables.set(slot, DATA, address, length, writable);
        long room = BlockField.STATUS_BYTES + (writable ? length : 0L);
        return queue.offerTable(tables, slot, room, slot);
    }
}
