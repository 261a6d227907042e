package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * The three areas of a split virtqueue as the device uses them (virtio 1.4 sections 2.7.5, 2.7.6,
 * 2.7.8):
 *
 * <pre>
 *   descriptors  16 * size     read only
 *   available    | flags 0 | idx 2 | ring[size] 4 | used_event 4 + 2 * size |     read only
 *   used         | flags 0 | idx 2 | {id, len}[size] 4 | avail_event 4 + 8 * size |  written
 * </pre>
 */
final class SplitRing {

    private static final int FLAGS = 0;
    private static final int INDEX = 2;
    private static final int RING = 4;
    private static final int NO_INTERRUPT = 1;
    private static final int USED_BYTES = 8;

    /** Flags and index before the ring, the event word after it. */
    private static final int WORDS_AROUND = 6;

    private final int size;
    private final NativeMemory descriptors;
    private final NativeMemory available;
    private final NativeMemory used;

    /** Finds the areas of a queue in memory; they may have moved since it was enabled. */
    SplitRing(EmulatedMemory memory, int size, long descriptors, long available, long used) {
        this.size = size;
        long entries = size;
        this.descriptors = area(memory, "descriptor table", descriptors, 16 * entries, 16);
        this.available = area(memory, "available ring", available, WORDS_AROUND + 2 * entries, 2);
        this.used = area(memory, "used ring", used, WORDS_AROUND + USED_BYTES * entries, 4);
    }

    NativeMemory descriptors() {
        return descriptors;
    }

    /** Free-running, modulo 65536. Everything the driver wrote before it is visible. */
    int availableIndex() {
        return available.readAcquire16(INDEX);
    }

    /** Head of the chain made available as number {@code index}. */
    int availableHead(int index) {
        return available.read16(RING + 2L * slot(index));
    }

    boolean wantsNoInterrupt() {
        return (available.read16(FLAGS) & NO_INTERRUPT) != 0;
    }

    /** The used index after whose filling the driver wants an interrupt, with EVENT_IDX. */
    int usedEvent() {
        return available.read16(RING + 2L * size);
    }

    void writeUsed(int index, int head, long length) {
        long at = RING + (long) USED_BYTES * slot(index);
        used.write32(at, head);
        used.write32(at + 4, (int) length);
    }

    void publish(int usedIndex) {
        used.writeRelease16(INDEX, usedIndex);
    }

    /** The available index after whose filling the device wants its doorbell, with EVENT_IDX. */
    void writeAvailableEvent(int index) {
        used.write16(RING + (long) USED_BYTES * size, index);
    }

    private int slot(int index) {
        return index & (size - 1);
    }

    private static NativeMemory area(
            EmulatedMemory memory, String name, long address, long length, int alignment) {
        NativeMemory found = memory.find(address, length);
        if (found == null || address % alignment != 0) {
            throw new ProtocolFault(
                    String.format(
                            "%s at device address 0x%x, 0x%x bytes: not inside one DMA region of"
                                    + " %s, or not aligned to %d",
                            name, address, length, memory.description(), alignment));
        }
        return found;
    }
}
