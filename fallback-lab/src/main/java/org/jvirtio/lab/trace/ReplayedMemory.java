package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/** Memory of this process, said to be anywhere: no device reads it. */
final class ReplayedMemory implements DmaMemory, AutoCloseable {

    private static final long FIRST_ADDRESS = 1L << 20;

    /** The legacy layout aligns most: to pages, for us too. */
    private static final long PAGE = 4096;

    private final List<NativeMemory> allocated = new ArrayList<>();
    private long end = FIRST_ADDRESS;
    private boolean quarantined;

    @Override
    public DmaRegion allocate(long length, long alignment) {
        long step = Math.max(alignment, PAGE);
        NativeMemory memory = NativeMemory.allocate(length + step);
        allocated.add(memory);
        long pad = Math.floorMod(-memory.address(), step);
        long address = (end + step - 1) & -step;
        end = address + length;
        return new DmaRegion(memory.slice(pad, length), address, () -> {});
    }

    @Override
    public String description() {
        return "memory that no device reads";
    }

    void quarantine() {
        quarantined = true;
    }

    /** Frees everything at once, unless the driver saw no end of a reset. */
    @Override
    public void close() {
        if (!quarantined) {
            allocated.forEach(NativeMemory::close);
            allocated.clear();
        }
    }
}
