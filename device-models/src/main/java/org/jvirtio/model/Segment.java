package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * One descriptor's buffer, found in memory (virtio 1.4 section 2.7.5).
 *
 * @param address by which the driver named it
 * @param writable true if the device may write it and must not read it
 */
record Segment(long address, NativeMemory memory, boolean writable) {

    long length() {
        return memory.length();
    }

    /** The current buffer of a chain. */
    static Segment of(DeviceRing ring, DriverMemory memory) {
        NativeMemory found = memory.find(ring.address(), ring.length());
        if (found == null) {
            throw new ProtocolFault(
                    String.format(
                            "buffer at device address 0x%x, 0x%x bytes, which is not inside one"
                                    + " DMA region of %s",
                            ring.address(), ring.length(), memory.description()));
        }
        return new Segment(ring.address(), found, ring.isWritable());
    }
}
