package org.jvirtio.model;

import java.util.HashMap;
import java.util.Map;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * A packed virtqueue written by hand, byte for byte (section 2.8). Ids are chosen by the caller; no
 * checks.
 */
final class MiniPackedQueue {

    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;
    static final int AVAIL = 0x80;
    static final int USED = 0x8000;

    /** A used descriptor as the driver finds it. */
    record Used(int id, int length, boolean written) {}

    /** A buffer of a list. */
    record Part(long address, int length, boolean writable) {

        static Part readable(DmaRegion region) {
            return new Part(region.deviceAddress(), (int) region.length(), false);
        }

        static Part writable(DmaRegion region) {
            return new Part(region.deviceAddress(), (int) region.length(), true);
        }
    }

    final int size;
    final DmaRegion ring;
    final DmaRegion driverEvent;
    final DmaRegion deviceEvent;
    private final DmaMemory memory;
    private final Map<Integer, Integer> slots = new HashMap<>();
    private int nextSlot;
    private boolean wrap = true;
    private int usedSlot;
    private boolean usedWrap = true;

    MiniPackedQueue(DmaMemory memory, int size) {
        this.memory = memory;
        this.size = size;
        this.ring = memory.allocate(16L * size, 16);
        this.driverEvent = memory.allocate(4, 4);
        this.deviceEvent = memory.allocate(4, 4);
    }

    RingAreas areas() {
        return new RingAreas(ring.memory(), driverEvent.memory(), deviceEvent.memory());
    }

    DmaRegion region(int length) {
        return memory.allocate(length, 1);
    }

    /** Makes a list available: the flags of its first descriptor are written last. */
    void offer(int id, Part... parts) {
        int first = nextSlot;
        int firstFlags = 0;
        for (int i = 0; i < parts.length; i++) {
            int flags = (i < parts.length - 1 ? NEXT : 0) | (parts[i].writable() ? WRITE : 0);
            flags |= wrap ? AVAIL : USED;
            // Only the last one's id counts (section 2.8.6).
            int shownId = i == parts.length - 1 ? id : 0xdead;
            describe(nextSlot, parts[i].address(), parts[i].length(), shownId);
            if (i == 0) {
                firstFlags = flags;
            } else {
                ring.memory().write16(16L * nextSlot + 14, flags);
            }
            advance();
        }
        slots.put(id, parts.length);
        ring.memory().writeRelease16(16L * first + 14, firstFlags);
    }

    void offerTable(int id, long address, int bytes) {
        int flags = INDIRECT | (wrap ? AVAIL : USED);
        describe(nextSlot, address, bytes, id);
        ring.memory().writeRelease16(16L * nextSlot + 14, flags);
        slots.put(id, 1);
        advance();
    }

    /** Writes an entry of an indirect table, whose id and other flags mean nothing. */
    static void describeIn(NativeMemory table, long at, Part part) {
        table.write64(at, part.address());
        table.write32(at + 8, part.length());
        table.write16(at + 12, 0xdead);
        table.write16(at + 14, part.writable() ? WRITE : 0);
    }

    /** The next used descriptor, or null; an id that covers a batch skips only its own list. */
    Used poll() {
        int flags = ring.memory().readAcquire16(16L * usedSlot + 14);
        boolean used = (flags & AVAIL) != 0 == usedWrap && (flags & USED) != 0 == usedWrap;
        if (!used) {
            return null;
        }
        int id = ring.memory().read16(16L * usedSlot + 12);
        int length = ring.memory().read32(16L * usedSlot + 8);
        skip(id);
        return new Used(id, length, (flags & WRITE) != 0);
    }

    /** Goes past the list of {@code id} as far as used descriptors are concerned. */
    void skip(int id) {
        usedSlot += slots.getOrDefault(id, 1);
        if (usedSlot >= size) {
            usedSlot -= size;
            usedWrap = !usedWrap;
        }
    }

    /** The slot and wrap counter that come next, as doorbells and events say them. */
    int next() {
        return nextSlot | (wrap ? 0x8000 : 0);
    }

    void driverEvent(int offWrap, int flags) {
        driverEvent.memory().write16(0, offWrap);
        driverEvent.memory().write16(2, flags);
    }

    int deviceOffWrap() {
        return deviceEvent.memory().read16(0);
    }

    int deviceFlags() {
        return deviceEvent.memory().read16(2);
    }

    private void describe(int slot, long address, int length, int id) {
        long at = 16L * slot;
        ring.memory().write64(at, address);
        ring.memory().write32(at + 8, length);
        ring.memory().write16(at + 12, id);
    }

    private void advance() {
        if (++nextSlot == size) {
            nextSlot = 0;
            wrap = !wrap;
        }
    }
}
