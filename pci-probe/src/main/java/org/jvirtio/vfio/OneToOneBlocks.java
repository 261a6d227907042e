package org.jvirtio.vfio;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.linux.HugePageBlocks;

/**
 * Huge pages, each mapped for the device at the I/O address that equals its guest-physical one. It
 * serves both kinds of device: one that the IOMMU translates and one that bypasses it.
 */
final class OneToOneBlocks implements DmaArena.BlockSource, AutoCloseable {

    private final AddressSpace space;
    private final IovaRanges ranges;
    private final HugePageBlocks pages = new HugePageBlocks();
    private final Deque<DmaArena.Block> mapped = new ArrayDeque<>();

    OneToOneBlocks(AddressSpace space, IovaRanges ranges) {
        this.space = space;
        this.ranges = ranges;
    }

    @Override
    public DmaArena.Block block(long length, long alignment) {
        DmaArena.Block block = pages.block(length, alignment);
        if (!ranges.contains(block.deviceAddress(), block.memory().length())) {
            throw new EnvironmentException(
                    String.format(
                            "mapping a page at its guest-physical address 0x%x for the device: the"
                                    + " IOMMU maps only %s. Give the guest less memory.",
                            block.deviceAddress(), ranges));
        }
        space.map(block.memory(), block.deviceAddress());
        mapped.push(block);
        return block;
    }

    @Override
    public String description() {
        return "I/O address = guest-physical address, 2 MiB pages";
    }

    @Override
    public void close() {
        while (!mapped.isEmpty()) {
            DmaArena.Block block = mapped.pop();
            space.unmap(block.deviceAddress(), block.memory().length());
        }
        pages.close();
    }
}
