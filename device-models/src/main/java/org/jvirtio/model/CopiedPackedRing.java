package org.jvirtio.model;

/**
 * A packed ring (virtio 1.4 section 2.8) that is copied. Its descriptors are written by both sides,
 * and become available or used by their flags:
 *
 * <pre>
 *   fetch     the ring, until two copies have the same descriptors available: what belongs to a
 *             flag was written before it, and so is in the copy after the one that has the flag
 *   publish   the used descriptors behind the first one, then the first, its flags last
 *   ask       the event's descriptor, then its flags; then fetch again
 * </pre>
 */
final class CopiedPackedRing extends RingLink {

    private static final int EVENT_FLAGS = 2;

    private final RingCopy copy;
    private final PackedDeviceRing ring;
    private final int size;
    private int shown;

    CopiedPackedRing(RingCopy copy, PackedDeviceRing ring) {
        super(copy.areas());
        this.copy = copy;
        this.ring = ring;
        this.size = ring.size();
    }

    @Override
    DeviceRing ring() {
        return ring;
    }

    @Override
    void fetch() {
        int before;
        int count = 0;
        int turns = 0;
        do {
            requireSettling(turns++);
            before = count;
            copy.fetchDescriptors(0, at(size));
            count = ring.availableSlots();
        } while (count != before);
    }

    /** A driver makes no more than the whole ring available, so it settles. */
    private void requireSettling(int turns) {
        if (turns > size + 1) {
            throw new ProtocolFault(
                    "descriptors that are available and are not, in " + turns + " copies");
        }
    }

    @Override
    void publish() {
        ring.publish();
        int used = ring.usedPosition();
        showUsed(shown % size, Math.floorMod(used - shown, 2 * size));
        shown = used;
        fetchWish();
    }

    /** The flags say whether the descriptor counts, and were written after it. */
    private void fetchWish() {
        copy.fetchDriver(EVENT_FLAGS, Short.BYTES);
        copy.fetchDriver(0, Short.BYTES);
    }

    private void showUsed(int first, int count) {
        if (count == 0) {
            return;
        }
        int before = Math.min(count, size - first);
        copy.storeDescriptors(at(first + 1), at(before - 1));
        copy.storeDescriptors(0, at(count - before));
        copy.storeDescriptors(
                at(first) + DescriptorBits.LENGTH,
                DescriptorBits.PACKED_FLAGS - DescriptorBits.LENGTH);
        copy.storeDescriptors(at(first) + DescriptorBits.PACKED_FLAGS, Short.BYTES);
    }

    @Override
    boolean askForDoorbell() {
        ring.askForDoorbell();
        copy.storeDevice(0, EVENT_FLAGS);
        copy.storeDevice(EVENT_FLAGS, Short.BYTES);
        fetch();
        return ring.askForDoorbell();
    }

    @Override
    void showAll() {
        copy.storeDescriptors(0, RingAreas.descriptorBytes(size));
        copy.storeDevice(0, EVENT_FLAGS + Short.BYTES);
        fetchWish();
    }

    private static long at(int slot) {
        return (long) DescriptorBits.BYTES * slot;
    }
}
