package org.jvirtio.model;

import java.util.BitSet;

/**
 * The device's end of a ring, and how the two ends learn what the other wrote: at once, if the
 * driver's areas are mapped in this process, or by copies of what changed.
 *
 * <p>Used under the function's lock.
 */
abstract sealed class RingLink permits SharedRing, CopiedSplitRing, CopiedPackedRing {

    private final RingAreas areas;

    RingLink(RingAreas areas) {
        this.areas = areas;
    }

    /**
     * Opens a ring in its first state.
     *
     * @param addresses of its three areas, each of which is in memory
     * @param map finds indirect tables
     */
    static RingLink open(
            DriverMemory memory, BitSet accepted, int size, long[] addresses, AddressMap map) {
        boolean packed = accepted.get(RingBit.RING_PACKED.bit);
        if (RingAreas.areMapped(memory, packed, size, addresses)) {
            RingAreas shared = RingAreas.find(memory, packed, size, addresses);
            return new SharedRing(shared, DeviceRing.open(accepted, shared, size, map));
        }
        RingCopy copy = new RingCopy(memory, packed, size, addresses);
        return packed
                ? new CopiedPackedRing(
                        copy, new PackedDeviceRing(accepted, copy.areas(), size, map))
                : new CopiedSplitRing(copy, new SplitDeviceRing(accepted, copy.areas(), size, map));
    }

    /** The areas as {@link #ring} uses them. */
    final RingAreas areas() {
        return areas;
    }

    abstract DeviceRing ring();

    /** Before chains are taken: what the driver made available is seen then. */
    abstract void fetch();

    /** Shows what was used, and sees which interrupts the driver wants after that. */
    abstract void publish();

    /** Asks for a doorbell at the next chain; true if one came meanwhile. */
    abstract boolean askForDoorbell();

    /** What was written past the ring's account of itself is shown, too. */
    abstract void showAll();
}
