package org.jvirtio.lab.check;

import java.util.List;
import java.util.Optional;
import org.jvirtio.QueueAddresses;
import org.jvirtio.memory.NativeMemory;

/**
 * A packed queue (virtio 1.4 section 2.8).
 *
 * <pre>
 *   0      descriptors, 16 bytes each: address 8 | length 4 | id 2 | flags 2
 *   16n    driver events: off_wrap 2 | flags 2
 *   +64    device events: off_wrap 2 | flags 2
 * </pre>
 */
final class BarePackedQueue implements BareQueue {

    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;
    static final int AVAIL = 1 << 7;
    static final int USED = 1 << 15;
    static final int DESCRIPTOR = 16;

    static final int EVENTS_ENABLED = 0;
    static final int EVENTS_DISABLED = 1;

    private static final int EVENT_GAP = 64;

    private final NativeMemory memory;
    private final long address;
    private final int size;
    private final int[] lengths;
    private int slot;
    private boolean wrap = true;
    private int usedSlot;
    private boolean usedWrap = true;

    BarePackedQueue(Buffer buffer, int size) {
        this.memory = buffer.memory();
        this.address = buffer.address();
        this.size = size;
        this.lengths = new int[size];
    }

    static int bytes(int size) {
        return DESCRIPTOR * size + EVENT_GAP * 2;
    }

    @Override
    public QueueAddresses addresses() {
        int events = DESCRIPTOR * size;
        return new QueueAddresses(address, address + events, address + events + EVENT_GAP);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int offer(List<Piece> chain) {
        BareQueue.requireRoom(size, chain.size());
        int first = slot;
        int firstFlags = 0;
        lengths[first] = chain.size();
        for (int i = 0; i < chain.size(); i++) {
            Piece piece = chain.get(i);
            int flags = (i == chain.size() - 1 ? 0 : NEXT) | (piece.writable() ? WRITE : 0) | lap();
            if (i == 0) {
                firstFlags = flags;
            }
            descriptor(slot, piece, first, i == 0 ? withoutLap(flags) : flags);
            advance();
        }
        publish(first, firstFlags);
        return first;
    }

    /** Offers one descriptor with flags of one's own, such as INDIRECT. */
    int offerOne(Piece piece, int flags) {
        int first = slot;
        lengths[first] = 1;
        int all = flags | lap();
        descriptor(first, piece, first, withoutLap(all));
        advance();
        publish(first, all);
        return first;
    }

    private void descriptor(int index, Piece piece, int id, int flags) {
        int at = DESCRIPTOR * index;
        memory.write64(at, piece.address());
        memory.write32(at + 8, piece.length());
        memory.write16(at + 12, id);
        memory.write16(at + 14, flags);
    }

    /** Flags that show the descriptor as not available in this lap. */
    private int withoutLap(int flags) {
        return (flags & ~(AVAIL | USED)) | (wrap ? 0 : AVAIL | USED);
    }

    private int lap() {
        return wrap ? AVAIL : USED;
    }

    private void publish(int index, int flags) {
        memory.writeRelease16(DESCRIPTOR * index + 14, flags);
        NativeMemory.fullFence();
    }

    private void advance() {
        slot++;
        if (slot == size) {
            slot = 0;
            wrap = !wrap;
        }
    }

    @Override
    public Optional<Used> poll() {
        int at = DESCRIPTOR * usedSlot;
        int flags = memory.readAcquire16(at + 14);
        boolean isUsed = (flags & AVAIL) != 0 == usedWrap && (flags & USED) != 0 == usedWrap;
        if (!isUsed) {
            return Optional.empty();
        }
        Used found = new Used(memory.read16(at + 12), memory.read32(at + 8) & 0xffffffffL);
        int count = found.id() < size ? Math.max(1, lengths[found.id()]) : 1;
        usedSlot += count;
        if (usedSlot >= size) {
            usedSlot -= size;
            usedWrap = !usedWrap;
        }
        return Optional.of(found);
    }

    @Override
    public void suppressInterrupts(boolean suppressed) {
        memory.write16(DESCRIPTOR * size + 2, suppressed ? EVENTS_DISABLED : EVENTS_ENABLED);
        NativeMemory.fullFence();
    }

    /** One descriptor as it is now. */
    byte[] descriptorBytes(int index) {
        byte[] copy = new byte[DESCRIPTOR];
        memory.copyTo((long) DESCRIPTOR * index, copy, 0, DESCRIPTOR);
        return copy;
    }

    /** All descriptors. */
    byte[] ring() {
        byte[] copy = new byte[DESCRIPTOR * size];
        memory.copyTo(0, copy, 0, copy.length);
        return copy;
    }
}
