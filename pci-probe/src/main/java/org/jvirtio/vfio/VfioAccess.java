package org.jvirtio.vfio;

/**
 * A function that is open through VFIO, by whichever path: its device file, and the address space
 * that its DMA goes through.
 */
interface VfioAccess extends AutoCloseable {

    VfioDevice device();

    AddressSpace addressSpace();

    /** Closes the device file, then what gave it: the kernel takes back whatever is left mapped. */
    @Override
    void close();
}
