package org.jvirtio.vfio;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.PciFunction.Addressing;

/** The DMA memory of one function, whichever way its device understands addresses. */
final class VfioDma implements AutoCloseable {

    private final OneToOneBlocks oneToOneBlocks;
    private final IovaBlocks iovaBlocks;
    private final DmaArena oneToOne;
    private final DmaArena iova;
    private boolean quarantined;

    VfioDma(AddressSpace space) {
        IovaRanges ranges = space.ranges();
        oneToOneBlocks = new OneToOneBlocks(space, ranges);
        iovaBlocks = new IovaBlocks(space, ranges);
        oneToOne = new DmaArena(oneToOneBlocks);
        iova = new DmaArena(iovaBlocks);
    }

    /**
     * Memory for a kind of address. Both kinds get the one-to-one map; without huge pages there are
     * ordinary pages, but only for addresses that the IOMMU translates.
     */
    DmaMemory memory(Addressing addressing) {
        try {
            oneToOne.prepare();
            return oneToOne;
        } catch (EnvironmentException e) {
            if (addressing == Addressing.PLATFORM) {
                return iova;
            }
            throw new EnvironmentException(
                    "providing guest-physical DMA memory (the device did not offer"
                            + " ACCESS_PLATFORM, so it bypasses the IOMMU): "
                            + e.getMessage(),
                    e);
        }
    }

    void quarantine() {
        quarantined = true;
        oneToOne.quarantine();
        iova.quarantine();
    }

    @Override
    public void close() {
        if (!quarantined) {
            oneToOneBlocks.close();
            iovaBlocks.close();
        }
    }
}
