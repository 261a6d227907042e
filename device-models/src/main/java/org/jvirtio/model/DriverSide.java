package org.jvirtio.model;

/**
 * All that a {@link ModelFunction} reaches of the driver that uses it, wherever that is: its
 * memory, and the two ways to interrupt it. Called under the function's lock.
 */
public interface DriverSide {

    /**
     * Memory at the addresses that the driver uses.
     *
     * @param accessPlatform true if ACCESS_PLATFORM was accepted (virtio 1.4 section 6.1)
     */
    DriverMemory memory(boolean accessPlatform);

    /** The message of an MSI-X vector leaves the function. */
    void message(int vector);

    /** The interrupt pin has this level now; it may have had it before. */
    void pin(boolean asserted);
}
