package org.jvirtio.vfio;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.linux.Mapping;

/**
 * Ordinary pages at I/O addresses of our choice: for devices that the IOMMU translates, where there
 * are no huge pages. Mapping pins them.
 */
final class IovaBlocks implements DmaArena.BlockSource, AutoCloseable {

    /** Large enough for the queues and buffers of a small device, so that most need one block. */
    private static final long BLOCK = 1L << 20;

    private final AddressSpace space;
    private final IovaRanges ranges;
    private final Deque<Mapping> memory = new ArrayDeque<>();
    private final Deque<DmaArena.Block> mapped = new ArrayDeque<>();

    IovaBlocks(AddressSpace space, IovaRanges ranges) {
        this.space = space;
        this.ranges = ranges;
    }

    @Override
    public DmaArena.Block block(long length, long alignment) {
        long bytes = length + BLOCK - 1 & -BLOCK;
        Mapping mapping = Mapping.ofPages(bytes);
        memory.push(mapping);
        long iova = ranges.take(bytes, Math.max(alignment, BLOCK));
        space.map(mapping.memory(), iova);
        DmaArena.Block block = new DmaArena.Block(mapping.memory(), iova);
        mapped.push(block);
        return block;
    }

    @Override
    public String description() {
        return "I/O addresses, ordinary pages";
    }

    @Override
    public void close() {
        while (!mapped.isEmpty()) {
            DmaArena.Block block = mapped.pop();
            space.unmap(block.deviceAddress(), block.memory().length());
        }
        while (!memory.isEmpty()) {
            memory.pop().close();
        }
    }
}
