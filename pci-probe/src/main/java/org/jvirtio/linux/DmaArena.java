package org.jvirtio.linux;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * Cuts DMA regions out of large blocks, first fit. Grows by a block when none has room; blocks are
 * given back only when the source is closed by its owner.
 *
 * <p>What is free is kept in Java memory, never in the blocks: the device can write there. Not
 * thread-safe.
 */
public final class DmaArena implements DmaMemory {

    /** Regions start at multiples of a cache line, so that no two share one. */
    private static final long GRAIN = 64;

    private final BlockSource source;
    private final List<Block> blocks = new ArrayList<>();
    private boolean quarantined;

    /**
     * A stretch of memory that is contiguous for us and for the device.
     *
     * @param deviceAddress of the first byte
     */
    public record Block(NativeMemory memory, long deviceAddress, List<Extent> free) {

        public Block(NativeMemory memory, long deviceAddress) {
            this(memory, deviceAddress, new ArrayList<>());
            free.add(new Extent(0, memory.length()));
        }
    }

    /** Bytes of a block that are free, by offset; those of one block are sorted and never touch. */
    record Extent(long offset, long length) {

        long end() {
            return offset + length;
        }
    }

    /** Where an arena gets its blocks. */
    public interface BlockSource {

        /**
         * Provides a block of at least {@code length} bytes.
         *
         * @param alignment of its device address, a power of two
         * @throws org.jvirtio.EnvironmentException if there is none, with what would provide it
         */
        Block block(long length, long alignment);

        /** What the addresses of its blocks mean, for people. */
        String description();
    }

    public DmaArena(BlockSource source) {
        this.source = source;
    }

    /** From now on nothing that is given back is used again. */
    public void quarantine() {
        quarantined = true;
    }

    @Override
    public DmaRegion allocate(long length, long alignment) {
        if (length <= 0 || alignment <= 0 || Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException(
                    "DMA memory of " + length + " bytes, aligned to " + alignment);
        }
        long bytes = roundUp(length, GRAIN);
        long grain = Math.max(alignment, GRAIN);
        for (Block block : blocks) {
            DmaRegion region = cut(block, length, bytes, grain);
            if (region != null) {
                return region;
            }
        }
        Block block = source.block(bytes, grain);
        blocks.add(block);
        DmaRegion region = cut(block, length, bytes, grain);
        if (region == null) {
            throw new IllegalStateException(
                    String.format(
                            "a new block of 0x%x bytes at 0x%x has no room for 0x%x bytes aligned"
                                    + " to 0x%x",
                            block.memory().length(), block.deviceAddress(), bytes, grain));
        }
        return region;
    }

    /**
     * Makes sure that there is a block, so that a lack of memory shows now.
     *
     * @throws org.jvirtio.EnvironmentException if there is none, with what would provide it
     */
    public void prepare() {
        if (blocks.isEmpty()) {
            blocks.add(source.block(GRAIN, GRAIN));
        }
    }

    @Override
    public String description() {
        return source.description();
    }

    /** Cuts a region from the first free extent that has room; null if none has. */
    private DmaRegion cut(Block block, long length, long bytes, long alignment) {
        for (int i = 0; i < block.free.size(); i++) {
            Extent extent = block.free.get(i);
            long address = block.deviceAddress + extent.offset;
            long start = roundUp(address, alignment) - block.deviceAddress;
            if (start - extent.offset <= extent.length - bytes) {
                take(block.free, i, new Extent(start, bytes));
                NativeMemory memory = block.memory.slice(start, length);
                memory.fill(0, length, 0);
                return new DmaRegion(
                        memory,
                        block.deviceAddress + start,
                        new Release(block, new Extent(start, bytes)));
            }
        }
        return null;
    }

    private static void take(List<Extent> free, int index, Extent taken) {
        Extent whole = free.remove(index);
        if (taken.end() < whole.end()) {
            free.add(index, new Extent(taken.end(), whole.end() - taken.end()));
        }
        if (whole.offset < taken.offset) {
            free.add(index, new Extent(whole.offset, taken.offset - whole.offset));
        }
    }

    private static void give(List<Extent> free, Extent given) {
        int index = 0;
        while (index < free.size() && free.get(index).offset < given.offset) {
            index++;
        }
        Extent merged = given;
        if (index < free.size() && free.get(index).offset == merged.end()) {
            merged = new Extent(merged.offset, merged.length + free.remove(index).length);
        }
        if (index > 0 && free.get(index - 1).end() == merged.offset) {
            Extent before = free.remove(--index);
            merged = new Extent(before.offset, before.length + merged.length);
        }
        free.add(index, merged);
    }

    private static long roundUp(long value, long multiple) {
        return (value + multiple - 1) & -multiple;
    }

    /** Gives one region back, once. */
    private final class Release implements Runnable {
        private final Block block;
        private final Extent extent;
        private boolean done;

        Release(Block block, Extent extent) {
            this.block = block;
            this.extent = extent;
        }

        @Override
        public void run() {
            if (!done && !quarantined) {
                give(block.free, extent);
            }
            done = true;
        }
    }
}
