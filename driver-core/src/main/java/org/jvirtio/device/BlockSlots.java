package org.jvirtio.device;

import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * The small parts of many requests, side by side: whoever has a slot has all but the data.
 *
 * <pre>
 *   one slot, 64 bytes
 *    0   header (16)               the device reads it
 *   16   range (16)                the device reads it, for discard and write-zeroes
 *   32   canary (8)
 *   40   status (1), canary (7)    the device writes the status and nothing else
 *   48   canary (8)
 *   56   nothing
 * </pre>
 *
 * <p>The canary shows a device that writes more than one byte of status; one is known that wrote
 * four.
 */
final class BlockSlots {

    /** What {@link #status} returns when the canary is hurt. */
    static final int OVERRUN = -1;

    private static final int SLOT_BYTES = 64;
    private static final int HEADER = 0;
    private static final int RANGE = 16;
    private static final int CANARY_BEFORE = 32;
    private static final int STATUS = 40;
    private static final int CANARY_AFTER = 48;
    private static final long CANARY = 0xc0ffee_5a_c0ffee_a5L;

    /** The status and the canary beside it, before the device comes. */
    private static final long UNTOUCHED = (CANARY & -0x100) | BlockStatus.UNTOUCHED;

    private final DmaRegion region;
    private final NativeMemory memory;

    /** Writes the canaries once: whoever completes a request has seen them whole. */
    BlockSlots(DmaRegion region) {
        this.region = region;
        this.memory = region.memory();
        for (long slot = 0; slot < region.length(); slot += SLOT_BYTES) {
            memory.write64(slot + CANARY_BEFORE, CANARY);
            memory.write64(slot + CANARY_AFTER, CANARY);
        }
    }

    static long length(int slots) {
        return (long) SLOT_BYTES * slots;
    }

    /** Writes the header, and sets the status to what it is before the device comes. */
    void prepare(int slot, BlockRequest request, long sector) {
        long header = at(slot) + HEADER;
        // The type, and with it the reserved field after it, which is 0.
        memory.write64(header + BlockField.HEADER_TYPE.offset(), request.type());
        memory.write64(header + BlockField.HEADER_SECTOR.offset(), sector);
        memory.write64(at(slot) + STATUS, UNTOUCHED);
    }

    void prepareRange(int slot, long sector, int sectors, int flags) {
        long range = at(slot) + RANGE;
        memory.write64(range + BlockField.RANGE_SECTOR.offset(), sector);
        memory.write32(range + BlockField.RANGE_SECTORS.offset(), sectors);
        memory.write32(range + BlockField.RANGE_FLAGS.offset(), flags);
    }

    /** The status byte, read once together with the canary beside it; or {@link #OVERRUN}. */
    int status(int slot) {
        long word = memory.read64(at(slot) + STATUS);
        boolean intact =
                word >>> 8 == CANARY >>> 8
                        && memory.read64(at(slot) + CANARY_BEFORE) == CANARY
                        && memory.read64(at(slot) + CANARY_AFTER) == CANARY;
        return intact ? (int) (word & 0xff) : OVERRUN;
    }

    long headerAddress(int slot) {
        return region.deviceAddress(at(slot) + HEADER);
    }

    long rangeAddress(int slot) {
        return region.deviceAddress(at(slot) + RANGE);
    }

    long statusAddress(int slot) {
        return region.deviceAddress(at(slot) + STATUS);
    }

    private static long at(int slot) {
        return (long) SLOT_BYTES * slot;
    }
}
