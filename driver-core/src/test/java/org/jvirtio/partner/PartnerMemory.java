package org.jvirtio.partner;

import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * Memory of which driver and device side know the same bytes by different addresses, as behind an
 * IOMMU. Counts what is open, so that tests see what was freed and when.
 */
public final class PartnerMemory implements DmaMemory {

    /** Not an address of this process, and wider than 32 bits. */
    private static final long DEVICE_BASE = 0x12_3400_0000L;

    private final NativeMemory arena;
    private long next;
    private int openRegions;

    public PartnerMemory(long length) {
        arena = NativeMemory.allocate(length);
    }

    @Override
    public DmaRegion allocate(long length, long alignment) {
        long offset = (next + alignment - 1) & -alignment;
        next = offset + length;
        openRegions++;
        return new DmaRegion(
                arena.slice(offset, length), DEVICE_BASE + offset, () -> openRegions--);
    }

    /** What the device finds at {@code deviceAddress}. */
    public NativeMemory at(long deviceAddress, long length) {
        return arena.slice(deviceAddress - DEVICE_BASE, length);
    }

    /** All bytes ever given out, to see who changed some. */
    public byte[] contents() {
        byte[] bytes = new byte[(int) next];
        arena.copyTo(0, bytes, 0, bytes.length);
        return bytes;
    }

    public int openRegions() {
        return openRegions;
    }

    @Override
    public String description() {
        return "test arena";
    }
}
