package org.jvirtio.memory;

/**
 * Gives out memory that a device can reach, at addresses that it understands. One per function; not
 * thread-safe.
 */
public interface DmaMemory {

    /**
     * Allocates zeroed memory that is contiguous for us and for the device.
     *
     * @param length bytes
     * @param alignment of the device address, a power of two
     * @throws org.jvirtio.EnvironmentException if there is no such memory, with what would provide
     *     it
     */
    DmaRegion allocate(long length, long alignment);

    /** Where these addresses mean something, for people: {@code guest-physical, 2 MiB pages}. */
    String description();
}
