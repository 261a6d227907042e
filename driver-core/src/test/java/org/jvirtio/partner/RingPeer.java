package org.jvirtio.partner;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;

/**
 * The device side of a virtqueue (virtio 1.4 section 2.6), slow and plain, written from the
 * specification and not from the driver. It checks what a device may check, and it can lie.
 *
 * <p>What it remembers is in numbers and arrays of numbers, so that a test can go back to an
 * earlier moment.
 */
public abstract sealed class RingPeer permits SplitPeer, PackedPeer {

    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;
    static final int DESCRIPTOR_BYTES = 16;

    final PartnerMemory memory;
    final NativeMemory descriptors;
    final int capacity;
    final FeatureSet features;

    /** One buffer as the device sees it. */
    public record Buffer(long address, long length, boolean writable) {}

    /**
     * One request as the device sees it.
     *
     * @param id what it is given back by; split: its head, packed: its buffer id
     */
    public record Request(int id, List<Buffer> buffers, boolean indirect) {

        public long writableBytes() {
            return buffers.stream().filter(Buffer::writable).mapToLong(Buffer::length).sum();
        }
    }

    RingPeer(PartnerMemory memory, QueueAddresses addresses, int capacity, FeatureSet features) {
        this.memory = memory;
        this.capacity = capacity;
        this.features = features;
        descriptors = memory.at(addresses.descriptors(), (long) DESCRIPTOR_BYTES * capacity);
    }

    /** The partner of a queue that is new, in the format that was negotiated. */
    public static RingPeer of(
            PartnerMemory memory, QueueAddresses addresses, int capacity, FeatureSet features) {
        return features.has(RingFeature.RING_PACKED)
                ? new PackedPeer(memory, addresses, capacity, features)
                : new SplitPeer(memory, addresses, capacity, features);
    }

    public abstract boolean hasRequest();

    /** Takes the next available request. */
    public abstract Request take();

    /** Uses a request, or what claims to be one; the driver does not see it yet. */
    public abstract void write(int id, long length);

    /** With IN_ORDER: uses all of {@code batch} by one used entry, that of the last. */
    public abstract void writeBatch(List<Request> batch, long length);

    /** Shows everything used so far. */
    public abstract void show();

    /** Uses a request and shows it. */
    public final void use(int id, long length) {
        write(id, length);
        show();
    }

    /** Asks for no notifications, in the way that was negotiated. */
    public abstract void silence();

    /**
     * Asks for a notification, in the way that was negotiated.
     *
     * @param ahead with EVENT_IDX: entries to be made available before the one that notifies
     */
    public abstract void ask(int ahead);

    /** Writes nonsense where the device says which notifications it wants. */
    public abstract void askNonsense(int bits);

    /** Whether what the driver wrote means no interrupt for the next request to be used. */
    public abstract boolean interruptsOff();

    /**
     * Whether the driver wants an interrupt for what was shown since the last call, by the slow
     * definition: the entry it named was among it.
     */
    public abstract boolean wantsInterrupt();

    /** Overwrites everything the driver wrote, as a hostile device can. */
    public abstract void scribble();

    /** The bytes of {@code buffer}. */
    public final NativeMemory bytes(Buffer buffer) {
        return memory.at(buffer.address(), buffer.length());
    }

    /** The buffers of the table that a descriptor names. */
    final NativeMemory table(NativeMemory from, int descriptor) {
        if (!features.has(RingFeature.INDIRECT_DESC)) {
            throw new AssertionError("an indirect table that was not negotiated");
        }
        long bytes = from.read32(at(descriptor) + 8) & 0xffffffffL;
        if (bytes == 0 || bytes % DESCRIPTOR_BYTES != 0) {
            throw new AssertionError("an indirect table of " + bytes + " bytes");
        }
        return memory.at(from.read64(at(descriptor)), bytes);
    }

    /** Adds the buffer of a descriptor, and checks what holds in both formats. */
    final void add(List<Buffer> buffers, NativeMemory from, int descriptor, int flags) {
        boolean writable = (flags & WRITE) != 0;
        if (!writable && !buffers.isEmpty() && buffers.get(buffers.size() - 1).writable()) {
            throw new AssertionError("readable after writable");
        }
        long length = from.read32(at(descriptor) + 8) & 0xffffffffL;
        buffers.add(new Buffer(from.read64(at(descriptor)), length, writable));
        if (length == 0 || buffers.size() > capacity) {
            throw new AssertionError("an empty buffer, or a chain longer than the queue");
        }
    }

    static List<Buffer> none() {
        return new ArrayList<>();
    }

    static long at(int descriptor) {
        return (long) DESCRIPTOR_BYTES * descriptor;
    }
}
