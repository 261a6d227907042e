package org.jvirtio.partner;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;

/**
 * The device side of a split virtqueue, written from the specification (virtio 1.4 section 2.7) and
 * not from the driver. It checks what a device may check, and it can lie.
 */
public final class RingPeer {

    private static final int NEXT = 1;
    private static final int WRITE = 2;
    private static final int INDIRECT = 4;

    private final PartnerMemory memory;
    private final NativeMemory descriptors;
    private final NativeMemory available;
    private final NativeMemory used;
    private final int capacity;
    private final FeatureSet features;
    private int taken;
    private int usedIndex;
    private int usedIndexWhenInterrupted;

    /** One buffer as the device sees it. */
    public record Buffer(long address, long length, boolean writable) {}

    /** One request as the device sees it. */
    public record Request(int head, List<Buffer> buffers, boolean indirect) {

        public long writableBytes() {
            return buffers.stream().filter(Buffer::writable).mapToLong(Buffer::length).sum();
        }
    }

    public RingPeer(
            PartnerMemory memory, QueueAddresses addresses, int capacity, FeatureSet features) {
        this.memory = memory;
        this.capacity = capacity;
        this.features = features;
        descriptors = memory.at(addresses.descriptors(), 16L * capacity);
        available = memory.at(addresses.driver(), 6 + 2L * capacity);
        used = memory.at(addresses.device(), 6 + 8L * capacity);
    }

    public int availableIndex() {
        return available.readAcquire16(2);
    }

    public int availableFlags() {
        return available.read16(0);
    }

    public int usedEvent() {
        return available.read16(4 + 2L * capacity);
    }

    public boolean hasRequest() {
        return availableIndex() != (taken & 0xffff);
    }

    /** Takes the next request off the available ring. */
    public Request take() {
        if (!hasRequest()) {
            throw new AssertionError("nothing available");
        }
        int head = available.read16(4 + 2L * (taken & capacity - 1));
        taken++;
        if ((descriptors.read16(16L * head + 12) & INDIRECT) == 0) {
            return new Request(head, walk(descriptors, head), false);
        }
        if (!features.has(RingFeature.INDIRECT_DESC)) {
            throw new AssertionError("an indirect table that was not negotiated");
        }
        if (descriptors.read16(16L * head + 12) != INDIRECT) {
            throw new AssertionError("INDIRECT together with another flag");
        }
        long bytes = descriptors.read32(16L * head + 8) & 0xffffffffL;
        NativeMemory table = memory.at(descriptors.read64(16L * head), bytes);
        List<Buffer> buffers = walk(table, 0);
        if (buffers.size() * 16L != bytes) {
            throw new AssertionError("table of " + bytes + " bytes for " + buffers.size());
        }
        return new Request(head, buffers, true);
    }

    private List<Buffer> walk(NativeMemory table, int first) {
        List<Buffer> buffers = new ArrayList<>();
        int flags = NEXT;
        for (int at = first; (flags & NEXT) != 0; at = table.read16(16L * at + 14)) {
            flags = table.read16(16L * at + 12);
            boolean writable = (flags & WRITE) != 0;
            if ((flags & ~(NEXT | WRITE)) != 0) {
                throw new AssertionError("flags " + flags + " inside a chain");
            }
            if (!writable && !buffers.isEmpty() && buffers.get(buffers.size() - 1).writable()) {
                throw new AssertionError("readable after writable");
            }
            long length = table.read32(16L * at + 8) & 0xffffffffL;
            buffers.add(new Buffer(table.read64(16L * at), length, writable));
            if (buffers.size() > capacity) {
                throw new AssertionError("a chain longer than the queue, or a loop");
            }
        }
        return buffers;
    }

    /** The bytes of {@code buffer}. */
    public NativeMemory bytes(Buffer buffer) {
        return memory.at(buffer.address(), buffer.length());
    }

    /** Uses a request and shows it. */
    public void use(int id, long length) {
        write(id, length);
        show();
    }

    /** Writes a used element that the driver does not see yet. */
    public void write(int id, long length) {
        long element = 4 + 8L * (usedIndex & capacity - 1);
        used.write32(element, id);
        used.write32(element + 4, (int) length);
        usedIndex++;
    }

    /** Shows every used element written so far. */
    public void show() {
        used.writeRelease16(2, usedIndex & 0xffff);
    }

    /** Lies about the used index. */
    public void showIndex(int index) {
        used.writeRelease16(2, index & 0xffff);
    }

    /** Asks for no notifications, without EVENT_IDX. */
    public void suppressNotifications(boolean suppress) {
        used.write16(0, suppress ? 1 : 0);
    }

    /** Asks for a notification when the entry at {@code index} is filled, with EVENT_IDX. */
    public void setAvailableEvent(int index) {
        used.write16(4 + 8L * capacity, index & 0xffff);
    }

    /** Overwrites everything the driver wrote, as a hostile device can. */
    public void scribble() {
        descriptors.fill(0, descriptors.length(), 0xa5);
        available.fill(0, available.length(), 0xa5);
    }

    /**
     * Whether the driver wants an interrupt for what was shown since the last call, by the slow
     * definition: the entry at used_event was among it.
     */
    public boolean wantsInterrupt() {
        NativeMemory.fullFence();
        boolean wanted = false;
        if (features.has(RingFeature.EVENT_IDX)) {
            for (int i = usedIndexWhenInterrupted; i != usedIndex; i++) {
                wanted |= (i & 0xffff) == usedEvent();
            }
        } else {
            wanted = usedIndex != usedIndexWhenInterrupted && (availableFlags() & 1) == 0;
        }
        usedIndexWhenInterrupted = usedIndex;
        return wanted;
    }
}
