package org.jvirtio.lab.check;

import java.util.List;
import java.util.Optional;
import org.jvirtio.QueueAddresses;
import org.jvirtio.memory.NativeMemory;

/**
 * A split queue (virtio 1.4 section 2.7) in the block that the legacy layout needs and the others
 * permit.
 *
 * <pre>
 *   0        descriptors, 16 bytes each: address 8 | length 4 | flags 2 | next 2
 *   16n      available: flags 2 | idx 2 | ring 2n | used_event 2
 *   a page   used:      flags 2 | idx 2 | ring 8n (id 4, length 4) | avail_event 2
 * </pre>
 */
final class BareSplitQueue implements BareQueue {

    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;
    static final int DESCRIPTOR = 16;

    private static final int PAGE = 4096;

    private final NativeMemory memory;
    private final long address;
    private final int size;
    private final int available;
    private final int used;
    private int free;
    private int offered;
    private int taken;

    BareSplitQueue(Buffer buffer, int size) {
        this.memory = buffer.memory();
        this.address = buffer.address();
        this.size = size;
        this.available = DESCRIPTOR * size;
        this.used = usedOffset(size);
    }

    /** Bytes of a queue of {@code size} entries. */
    static int bytes(int size) {
        return usedOffset(size) + 6 + 8 * size;
    }

    private static int usedOffset(int size) {
        return DESCRIPTOR * size + 6 + 2 * size + PAGE - 1 & -PAGE;
    }

    @Override
    public QueueAddresses addresses() {
        return new QueueAddresses(address, address + available, address + used);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int offer(List<Piece> chain) {
        BareQueue.requireRoom(size, chain.size());
        int head = free;
        for (int i = 0; i < chain.size(); i++) {
            boolean last = i == chain.size() - 1;
            Piece piece = chain.get(i);
            int flags = (last ? 0 : NEXT) | (piece.writable() ? WRITE : 0);
            descriptor(free, piece, flags, last ? 0 : (free + 1) % size);
            free = (free + 1) % size;
        }
        offerHead(head);
        return head;
    }

    /** Writes one descriptor, whatever it says. */
    void descriptor(int index, Piece piece, int flags, int next) {
        writeDescriptor(memory, DESCRIPTOR * index, piece, flags, next);
    }

    /** Writes a descriptor into a table of any place. */
    static void writeDescriptor(NativeMemory table, int offset, Piece piece, int flags, int next) {
        table.write64(offset, piece.address());
        table.write32(offset + 8, piece.length());
        table.write16(offset + 12, flags);
        table.write16(offset + 14, next);
    }

    /** Makes the chain that starts at a descriptor available. */
    void offerHead(int head) {
        memory.write16(available + 4 + 2 * (offered % size), head);
        offered = offered + 1 & 0xffff;
        memory.writeRelease16(available + 2, offered);
        NativeMemory.fullFence();
    }

    @Override
    public Optional<Used> poll() {
        if (usedIndex() == taken) {
            return Optional.empty();
        }
        int entry = used + 4 + 8 * (taken % size);
        taken = taken + 1 & 0xffff;
        return Optional.of(new Used(memory.read32(entry), memory.read32(entry + 4) & 0xffffffffL));
    }

    /** The device's index; it runs on to 65535 and wraps. */
    int usedIndex() {
        return memory.readAcquire16(used + 2);
    }

    int usedFlags() {
        return memory.readAcquire16(used);
    }

    void usedEvent(int index) {
        memory.write16(available + 4 + 2 * size, index);
        NativeMemory.fullFence();
    }

    @Override
    public void suppressInterrupts(boolean suppressed) {
        memory.write16(available, suppressed ? 1 : 0);
        NativeMemory.fullFence();
    }

    /** The descriptor table, to be compared. */
    byte[] table() {
        byte[] copy = new byte[available];
        memory.copyTo(0, copy, 0, copy.length);
        return copy;
    }
}
