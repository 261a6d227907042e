package org.jvirtio.pci;

import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;

/**
 * One PCI function through one reach: all that a reach has to offer, and all that the rest needs.
 *
 * <p>Opening a function takes exclusive use of it where the reach can; {@link #close} gives it back
 * as it was found. Not thread-safe.
 */
public interface PciFunction extends AutoCloseable {

    /** What people type to name it: {@code vfio:0000:00:04.0}. */
    String name();

    /** The configuration space; its length is what can be read: 64, 256 or 4096 bytes. */
    Registers config();

    /**
     * The implemented base address registers, by index; the upper half of a 64-bit one is left out.
     */
    List<Bar> bars();

    /**
     * Makes a window usable. Only windows of the chosen layout are ever opened.
     *
     * @throws org.jvirtio.EnvironmentException if this reach cannot open that BAR, and why
     */
    Registers open(Window window);

    /**
     * Memory that this function can reach.
     *
     * @param addressing what the device takes an address for
     */
    DmaMemory dmaMemory(Addressing addressing);

    FunctionInterrupts interrupts();

    /**
     * What was decided on the way to the function, and to the windows that were opened so far, and
     * why: a sentence each.
     */
    default List<String> decisions() {
        return List.of();
    }

    /** Resets the function by the means of PCI, if the reach has any; a no-op otherwise. */
    void reset();

    /**
     * Declares that the device did not confirm its reset: from now on no DMA memory of this
     * function is unmapped, freed or reused, not even by {@link #close}.
     */
    void quarantine();

    /** Bus mastering off, interrupts off, DMA unmapped, memory freed, the function given back. */
    @Override
    void close();

    /** What the device takes an address in a ring for (virtio 1.4 section 6.1, ACCESS_PLATFORM). */
    enum Addressing {
        /** The address goes through the platform's IOMMU, if there is one. */
        PLATFORM,
        /** The address is guest-physical whatever the IOMMU says. */
        PHYSICAL
    }
}
