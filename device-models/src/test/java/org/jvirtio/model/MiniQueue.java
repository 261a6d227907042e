package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * A split virtqueue written by hand, byte for byte, in the one block that a legacy device wants
 * (section 2.7.2). Chains are given whole: no free list, no checks.
 */
final class MiniQueue {

    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;

    final int size;
    final DmaRegion rings;
    private final DmaMemory memory;
    private final int usedAt;
    private int nextDescriptor;
    private int nextAvailable;

    MiniQueue(DmaMemory memory, int size) {
        this.memory = memory;
        this.size = size;
        this.usedAt = (16 * size + 6 + 2 * size + 4095) & ~4095;
        this.rings = memory.allocate(usedAt + ((6 + 8L * size + 4095) & ~4095), 4096);
    }

    long descriptors() {
        return rings.deviceAddress();
    }

    long available() {
        return rings.deviceAddress(16L * size);
    }

    long used() {
        return rings.deviceAddress(usedAt);
    }

    /** A readable buffer with these bytes. */
    DmaRegion readable(byte[] bytes) {
        DmaRegion region = memory.allocate(bytes.length, 1);
        region.memory().copyFrom(0, bytes, 0, bytes.length);
        return region;
    }

    DmaRegion writable(int length) {
        return memory.allocate(length, 1);
    }

    /** Writes one descriptor wherever it is wanted. */
    static void describe(
            NativeMemory table, int index, long address, int length, int flags, int next) {
        long at = 16L * index;
        table.write64(at, address);
        table.write32(at + 8, length);
        table.write16(at + 12, flags);
        table.write16(at + 14, next);
    }

    /** Writes a chain of readable buffers, then writable ones; the head. */
    int chain(List<DmaRegion> readable, List<DmaRegion> writable) {
        List<DmaRegion> all = new ArrayList<>(readable);
        all.addAll(writable);
        int head = nextDescriptor;
        for (int i = 0; i < all.size(); i++) {
            int index = nextDescriptor;
            nextDescriptor = (nextDescriptor + 1) % size;
            boolean last = i == all.size() - 1;
            int flags = (i < readable.size() ? 0 : WRITE) | (last ? 0 : NEXT);
            DmaRegion part = all.get(i);
            int length = (int) part.length();
            describe(
                    rings.memory(),
                    index,
                    part.deviceAddress(),
                    length,
                    flags,
                    last ? 0 : nextDescriptor);
        }
        return head;
    }

    /** Puts a chain into the available ring. */
    void offer(int head) {
        long ring = 16L * size;
        rings.memory().write16(ring + 4 + 2L * (nextAvailable % size), head);
        nextAvailable = (nextAvailable + 1) & 0xffff;
        rings.memory().writeRelease16(ring + 2, nextAvailable);
        NativeMemory.fullFence();
    }

    void availableFlags(int flags) {
        rings.memory().write16(16L * size, flags);
    }

    void usedEvent(int index) {
        rings.memory().write16(16L * size + 4 + 2L * size, index);
    }

    int availableEvent() {
        return rings.memory().read16(usedAt + 4 + 8L * size);
    }

    int usedIndex() {
        return rings.memory().readAcquire16(usedAt + 2);
    }

    int usedHead(int index) {
        return rings.memory().read32(usedAt + 4 + 8L * (index % size));
    }

    int usedLength(int index) {
        return rings.memory().read32(usedAt + 4 + 8L * (index % size) + 4);
    }
}
