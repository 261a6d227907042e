package org.jvirtio.model;

import java.util.BitSet;
import org.jvirtio.memory.NativeMemory;

/**
 * A split virtqueue as the device uses it (virtio 1.4 section 2.7):
 *
 * <pre>
 *   descriptors  table of 16-byte descriptors                                    read only
 *   driver       | flags 0 | idx 2 | ring[size] 4 | used_event 4 + 2 * size |     read only
 *   device       | flags 0 | idx 2 | {id, len}[size] 4 | avail_event 4 + 8 * size |  written
 * </pre>
 *
 * <p>Both indices run freely modulo 65536; an entry lies in the slot index modulo size.
 */
public final class SplitDeviceRing extends DeviceRing {

    private static final int FLAGS = 0;
    private static final int INDEX = 2;
    private static final int RING = 4;
    private static final int USED_BYTES = 8;
    private static final int NO_INTERRUPT = 1;
    private static final int NO_NOTIFY = 1;
    private static final int INDEX_MASK = 0xffff;

    private static final long NO_TABLE = 0;

    /** No descriptor follows. */
    private static final int END = -1;

    /** The head is next, and nothing was set up to walk from it: many chains are never walked. */
    private static final int HEAD = -2;

    private final NativeMemory descriptors;
    private final NativeMemory available;
    private final NativeMemory used;
    private final int slotMask;
    private final long usedEventAt;
    private final long availableEventAt;

    private int nextAvailable;
    private int seenAvailable;
    private int head;

    /** Where the indirect table is in this process. */
    private long tableAt = NO_TABLE;

    private long tableEntries;
    private int next = END;

    private int nextUsed;
    private int skipped;
    private int asked;

    /** Opens a ring that nothing was made available in yet; see {@link DeviceRing#open}. */
    public SplitDeviceRing(BitSet accepted, RingAreas areas, int size, AddressMap map) {
        super(accepted, size, map);
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "split ring of " + size + " entries, which is not a power of two");
        }
        areas.requireRoom(false, size);
        this.descriptors = areas.descriptors();
        this.available = areas.driver();
        this.used = areas.device();
        this.slotMask = size - 1;
        this.usedEventAt = RING + 2L * size;
        this.availableEventAt = RING + (long) USED_BYTES * size;
    }

    @Override
    public boolean take() {
        int index = nextAvailable;
        if (index == seenAvailable && !look()) {
            return false;
        }
        head = available.read16(RING + 2L * (index & slotMask));
        nextAvailable = (index + 1) & INDEX_MASK;
        next = HEAD;
        return true;
    }

    @Override
    public int id() {
        return head;
    }

    @Override
    public boolean nextBuffer() {
        int index = next;
        if (index < 0) {
            if (index == END) {
                return false;
            }
            startChain();
            tableAt = NO_TABLE;
            tableEntries = size;
            index = head;
        }
        if (index >= tableEntries) {
            throw new ProtocolFault("descriptor index " + index + " in a table of " + tableEntries);
        }
        long at = (long) DescriptorBits.BYTES * index;
        return tableAt == NO_TABLE
                ? show(descriptors.read64(at), descriptors.read64(at + DescriptorBits.LENGTH))
                : nextInTable(tableAt + at);
    }

    @Override
    long onlyLength() {
        if (head >= size) {
            return 0;
        }
        long word = descriptors.read64((long) DescriptorBits.BYTES * head + DescriptorBits.LENGTH);
        return DescriptorBits.splitFlags(word) == DescriptorBits.WRITE
                ? DescriptorBits.length(word)
                : 0;
    }

    private boolean nextInTable(long at) {
        NativeMemory process = DescriptorBits.PROCESS;
        return show(
                DescriptorBits.word64(process, at),
                DescriptorBits.word64(process, at + DescriptorBits.LENGTH));
    }

    private boolean show(long address, long word) {
        int flags = DescriptorBits.splitFlags(word);
        if ((flags & DescriptorBits.INDIRECT) != 0) {
            return enter(address, DescriptorBits.length(word), flags);
        }
        accept(address, DescriptorBits.length(word), (flags & DescriptorBits.WRITE) != 0, size);
        next = (flags & DescriptorBits.NEXT) != 0 ? DescriptorBits.splitNext(word) : END;
        return true;
    }

    /** WRITE on the descriptor that refers to a table is ignored (section 2.7.5.3.2). */
    private boolean enter(long address, long length, int flags) {
        boolean inside = tableAt != NO_TABLE;
        boolean hasNext = (flags & DescriptorBits.NEXT) != 0;
        tableAt =
                locateTable(
                        address,
                        length,
                        inside || hasNext,
                        inside ? "inside an indirect table" : "with NEXT");
        tableEntries = length / DescriptorBits.BYTES;
        next = 0;
        return nextBuffer();
    }

    @Override
    void useAs(int id, int shown, long written) {
        int index = nextUsed;
        long at = RING + (long) USED_BYTES * (index & slotMask);
        used.write32(at, shown);
        used.write32(at + 4, (int) written);
        // "The device would skip forward in the ring by the size of the batch" (section 2.7.9).
        nextUsed = (index + 1 + skipped) & INDEX_MASK;
        skipped = 0;
    }

    @Override
    void useNothing(int shown, long written) {
        useAs(shown, shown, written);
    }

    @Override
    public void skip(int id) {
        skipped++;
    }

    @Override
    public void publish() {
        used.writeRelease16(INDEX, nextUsed);
    }

    @Override
    public boolean wantsInterrupt() {
        int old = asked;
        int now = nextUsed;
        if (old == now) {
            return false;
        }
        asked = now;
        // Store the index, then load what the driver wants (section 2.7.7).
        NativeMemory.fullFence();
        if (!eventIndex) {
            return (available.read16(FLAGS) & NO_INTERRUPT) == 0;
        }
        // Crossed, in 16-bit arithmetic: (new - event - 1) < (new - old).
        int sinceEvent = (now - available.read16(usedEventAt) - 1) & INDEX_MASK;
        return sinceEvent < ((now - old) & INDEX_MASK);
    }

    @Override
    public boolean askForDoorbell() {
        if (eventIndex) {
            used.write16(availableEventAt, nextAvailable);
        } else {
            used.write16(FLAGS, 0);
        }
        // Store the wish, then load the index (section 2.7.10).
        NativeMemory.fullFence();
        return available.readAcquire16(INDEX) != nextAvailable;
    }

    @Override
    public void suppressDoorbell() {
        if (eventIndex) {
            // Just passed, so that 65535 more chains come before it.
            used.write16(availableEventAt, (nextAvailable - 1) & INDEX_MASK);
        } else {
            used.write16(FLAGS, NO_NOTIFY);
        }
    }

    @Override
    int shownNext() {
        return available.readAcquire16(INDEX);
    }

    /** Index of the next used entry. */
    int nextUsed() {
        return nextUsed;
    }

    /** Reads the available index; everything the driver wrote before it is visible then. */
    private boolean look() {
        int index = available.readAcquire16(INDEX);
        int count = (index - nextAvailable) & INDEX_MASK;
        if (count > size) {
            throw new ProtocolFault(
                    String.format(
                            "available index moved from %d to %d, which is more than its %d"
                                    + " entries",
                            nextAvailable, index, size));
        }
        seenAvailable = index;
        return count != 0;
    }
}
