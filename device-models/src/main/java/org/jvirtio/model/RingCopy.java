package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * Copies of a ring's three areas, whose originals are reached piece by piece only. Which pieces,
 * and in which order, is for {@link CopiedSplitRing} and {@link CopiedPackedRing} to say: the order
 * is all that a ring without shared memory has instead of fences.
 */
final class RingCopy {

    private final DriverMemory memory;
    private final long[] addresses;
    private final NativeMemory descriptors;
    private final NativeMemory driver;
    private final NativeMemory device;
    private final byte[] moved;

    RingCopy(DriverMemory memory, boolean packed, int size, long[] addresses) {
        this.memory = memory;
        this.addresses = addresses.clone();
        descriptors = NativeMemory.allocateFor(this, RingAreas.descriptorBytes(size));
        driver = NativeMemory.allocateFor(this, RingAreas.driverBytes(packed, size));
        device = NativeMemory.allocateFor(this, RingAreas.deviceBytes(packed, size));
        moved = new byte[(int) Math.max(descriptors.length(), device.length())];
    }

    RingAreas areas() {
        return new RingAreas(descriptors, driver, device);
    }

    NativeMemory driver() {
        return driver;
    }

    void fetchDescriptors(long offset, long count) {
        fetch("descriptor area", addresses[0] + offset, descriptors, offset, (int) count);
    }

    void storeDescriptors(long offset, long count) {
        store("descriptor area", addresses[0] + offset, descriptors, offset, (int) count);
    }

    void fetchDriver(long offset, long count) {
        fetch("driver area", addresses[1] + offset, driver, offset, (int) count);
    }

    void storeDriver(long offset, long count) {
        store("driver area", addresses[1] + offset, driver, offset, (int) count);
    }

    void storeDevice(long offset, long count) {
        store("device area", addresses[2] + offset, device, offset, (int) count);
    }

    private void fetch(String area, long from, NativeMemory target, long offset, int count) {
        if (count != 0 && !memory.read(from, moved, 0, count)) {
            throw lost("reading", area, from, count);
        }
        target.copyFrom(offset, moved, 0, count);
    }

    private void store(String area, long to, NativeMemory source, long offset, int count) {
        source.copyTo(offset, moved, 0, count);
        if (count != 0 && !memory.write(to, moved, 0, count)) {
            throw lost("writing", area, to, count);
        }
    }

    private ProtocolFault lost(String doing, String area, long address, int count) {
        return new ProtocolFault(
                String.format(
                        "%s the %s at device address 0x%x, 0x%x bytes: %s does not let it",
                        doing, area, address, count, memory.description()));
    }
}
