package org.jvirtio.model;

/**
 * A split ring (virtio 1.4 section 2.7) that is copied:
 *
 * <pre>
 *   fetch     available index, then its entries and the table: those before the index are in them
 *   publish   used entries, then the used index; then what the driver says of interrupts
 *   ask       available event, or the flags; then fetch again
 * </pre>
 */
final class CopiedSplitRing extends RingLink {

    private static final int INDEX = 2;
    private static final int RING = 4;
    private static final int ENTRY_BYTES = 8;
    private static final int INDEX_MASK = 0xffff;

    private final RingCopy copy;
    private final SplitDeviceRing ring;
    private final int size;
    private int fetched;
    private int shown;

    CopiedSplitRing(RingCopy copy, SplitDeviceRing ring) {
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
        copy.fetchDriver(INDEX, Short.BYTES);
        int index = copy.driver().read16(INDEX);
        if (index != fetched) {
            copy.fetchDriver(RING, 2L * size);
            copy.fetchDescriptors(0, RingAreas.descriptorBytes(size));
            fetched = index;
        }
    }

    @Override
    void publish() {
        ring.publish();
        int count = Math.min(ring.nextUsed() - shown & INDEX_MASK, size);
        int slot = shown & size - 1;
        int before = Math.min(count, size - slot);
        copy.storeDevice(RING + (long) ENTRY_BYTES * slot, (long) ENTRY_BYTES * before);
        copy.storeDevice(RING, (long) ENTRY_BYTES * (count - before));
        copy.storeDevice(INDEX, Short.BYTES);
        shown = ring.nextUsed();
        fetchWish();
    }

    private void fetchWish() {
        if (ring.eventIndex) {
            copy.fetchDriver(RING + 2L * size, Short.BYTES);
        } else {
            copy.fetchDriver(0, Short.BYTES);
        }
    }

    @Override
    boolean askForDoorbell() {
        ring.askForDoorbell();
        if (ring.eventIndex) {
            copy.storeDevice(RING + (long) ENTRY_BYTES * size, Short.BYTES);
        } else {
            copy.storeDevice(0, Short.BYTES);
        }
        fetch();
        return ring.askForDoorbell();
    }

    @Override
    void showAll() {
        copy.storeDescriptors(0, RingAreas.descriptorBytes(size));
        copy.storeDriver(RING, 2L * size);
        copy.storeDevice(RING, RingAreas.deviceBytes(false, size) - RING);
        copy.storeDevice(0, RING);
        fetchWish();
    }
}
