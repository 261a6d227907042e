package org.jvirtio.partner;

import java.util.List;
import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;

/** The device side of a split virtqueue (virtio 1.4 section 2.7). */
public final class SplitPeer extends RingPeer {

    private final NativeMemory available;
    private final NativeMemory used;
    private int taken;
    private int usedIndex;
    private int usedIndexWhenInterrupted;

    SplitPeer(PartnerMemory memory, QueueAddresses addresses, int capacity, FeatureSet features) {
        super(memory, addresses, capacity, features);
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

    @Override
    public boolean hasRequest() {
        return availableIndex() != (taken & 0xffff);
    }

    @Override
    public Request take() {
        if (!hasRequest()) {
            throw new AssertionError("nothing available");
        }
        int head = available.read16(4 + 2L * (taken & capacity - 1));
        taken++;
        if ((descriptors.read16(at(head) + 12) & INDIRECT) == 0) {
            return new Request(head, walk(descriptors, head), false);
        }
        if (descriptors.read16(at(head) + 12) != INDIRECT) {
            throw new AssertionError("INDIRECT together with another flag");
        }
        NativeMemory table = table(descriptors, head);
        List<Buffer> buffers = walk(table, 0);
        if (at(buffers.size()) != table.length()) {
            throw new AssertionError("table of " + table.length() + " for " + buffers.size());
        }
        return new Request(head, buffers, true);
    }

    private List<Buffer> walk(NativeMemory table, int first) {
        List<Buffer> buffers = none();
        int flags = NEXT;
        for (int descriptor = first;
                (flags & NEXT) != 0;
                descriptor = table.read16(at(descriptor) + 14)) {
            flags = table.read16(at(descriptor) + 12);
            if ((flags & ~(NEXT | WRITE)) != 0) {
                throw new AssertionError("flags " + flags + " inside a chain");
            }
            add(buffers, table, descriptor, flags);
        }
        return buffers;
    }

    @Override
    public void write(int id, long length) {
        long element = 4 + 8L * (usedIndex & capacity - 1);
        used.write32(element, id);
        used.write32(element + 4, (int) length);
        usedIndex++;
    }

    /** Section 2.7.9: then "skip forward in the ring by the size of the batch". */
    @Override
    public void writeBatch(List<Request> batch, long length) {
        write(batch.get(batch.size() - 1).id(), length);
        usedIndex += batch.size() - 1;
    }

    @Override
    public void show() {
        used.writeRelease16(2, usedIndex & 0xffff);
    }

    /** Lies about the used index. */
    public void showIndex(int index) {
        used.writeRelease16(2, index & 0xffff);
    }

    @Override
    public void silence() {
        if (features.has(RingFeature.EVENT_IDX)) {
            setAvailableEvent(taken - 1);
        } else {
            setUsedFlags(1);
        }
    }

    @Override
    public void ask(int ahead) {
        if (features.has(RingFeature.EVENT_IDX)) {
            setAvailableEvent(taken + ahead);
        } else {
            setUsedFlags(0);
        }
    }

    @Override
    public void askNonsense(int bits) {
        setUsedFlags(bits >>> 16);
        setAvailableEvent(bits);
    }

    /** Without EVENT_IDX: bit 0 asks for no notifications. */
    public void setUsedFlags(int flags) {
        used.write16(0, flags & 0xffff);
    }

    /** With EVENT_IDX: the entry whose filling notifies. */
    public void setAvailableEvent(int index) {
        used.write16(4 + 8L * capacity, index & 0xffff);
    }

    @Override
    public boolean interruptsOff() {
        return features.has(RingFeature.EVENT_IDX)
                ? usedEvent() != (usedIndex & 0xffff)
                : (availableFlags() & 1) != 0;
    }

    @Override
    public void scribble() {
        descriptors.fill(0, descriptors.length(), 0xa5);
        available.fill(0, available.length(), 0xa5);
    }

    @Override
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
