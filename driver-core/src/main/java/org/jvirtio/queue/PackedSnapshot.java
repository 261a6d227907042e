package org.jvirtio.queue;

import static org.jvirtio.queue.PackedQueueMemory.FLAGS_SHIFT;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_AVAIL;
import static org.jvirtio.queue.PackedQueueMemory.FLAG_USED;
import static org.jvirtio.queue.PackedQueueMemory.ID_SHIFT;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_ADDRESS;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_BYTES;
import static org.jvirtio.queue.QueueMemory.DESCRIPTOR_LENGTH;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.QueueSnapshot.Descriptor;
import org.jvirtio.queue.QueueSnapshot.State;

/**
 * Takes the snapshot of a packed queue.
 *
 * <pre>
 *   slots   | old | used  in flight  in flight | offered | free
 *                  ^ first                      ^ shown   ^ busy slots end
 * </pre>
 *
 * <p>In order, one used slot may stand for many requests; only that slot is told as used.
 */
final class PackedSnapshot {

    private static final int LAP = FLAG_AVAIL | FLAG_USED;

    private final NativeMemory memory;
    private final int capacity;
    private final int first;
    private final int usedFlags;
    private final int busy;
    private final int shown;

    /**
     * Looks at a ring.
     *
     * @param first the slot where the driver looks for the next used descriptor
     * @param usedFlags AVAIL and USED as they are there once it is used
     * @param busy slots from there on that requests have
     * @param shown how many of those the device was shown
     */
    PackedSnapshot(
            NativeMemory memory, int capacity, int first, int usedFlags, int busy, int shown) {
        this.memory = memory;
        this.capacity = capacity;
        this.first = first;
        this.usedFlags = usedFlags;
        this.busy = busy;
        this.shown = shown;
    }

    QueueSnapshot take(String name) {
        List<Descriptor> ring = new ArrayList<>();
        for (int slot = 0; slot < capacity; slot++) {
            ring.add(descriptor(slot));
        }
        int driver = (first + shown) % capacity;
        return new QueueSnapshot(
                name, "packed", capacity, ring, List.of(), List.of(), 0, 0, driver, first, first);
    }

    private Descriptor descriptor(int slot) {
        long at = (long) DESCRIPTOR_BYTES * slot;
        long address = memory.read64(at + DESCRIPTOR_ADDRESS);
        long word = memory.readAcquire64(at + DESCRIPTOR_LENGTH);
        int flags = (int) (word >>> FLAGS_SHIFT);
        return new Descriptor(
                state(slot, flags, address),
                address,
                word & 0xffffffffL,
                flags,
                (int) (word >>> ID_SHIFT) & 0xffff,
                (flags & QueueMemory.FLAG_NEXT) != 0 ? (slot + 1) % capacity : -1);
    }

    private State state(int slot, int flags, long address) {
        int distance = (slot - first + capacity) % capacity;
        if (distance >= busy) {
            return address == 0 ? State.FREE : State.OLD;
        }
        if (distance >= shown) {
            return State.OFFERED;
        }
        int lap = slot < first ? usedFlags ^ LAP : usedFlags;
        return (flags & LAP) == lap ? State.USED : State.IN_FLIGHT;
    }
}
