package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * One descriptor's buffer, found in memory (virtio 1.4 section 2.7.5).
 *
 * @param address by which the driver named it
 * @param memory where it is in this process; null if it can only be copied
 * @param driver whose memory it is
 * @param writable true if the device may write it and must not read it
 */
record Segment(
        long address, long length, NativeMemory memory, DriverMemory driver, boolean writable) {

    /** The current buffer of a chain. */
    static Segment of(DeviceRing ring, DriverMemory memory) {
        return at(ring.address(), ring.length(), ring.isWritable(), memory);
    }

    static Segment at(long address, long length, boolean writable, DriverMemory memory) {
        NativeMemory found = memory.find(address, length);
        if (found == null && !memory.isCopied(address, length)) {
            throw new ProtocolFault(
                    String.format(
                            "buffer at device address 0x%x, 0x%x bytes, which is not inside one"
                                    + " DMA region of %s",
                            address, length, memory.description()));
        }
        return new Segment(address, length, found, memory, writable);
    }

    void copyTo(long offset, byte[] target, int at, int count) {
        if (memory != null) {
            memory.copyTo(offset, target, at, count);
        } else if (!driver.read(address + offset, target, at, count)) {
            throw lost("read", offset, count);
        }
    }

    void copyFrom(long offset, byte[] source, int at, int count) {
        if (memory != null) {
            memory.copyFrom(offset, source, at, count);
        } else if (!driver.write(address + offset, source, at, count)) {
            throw lost("written", offset, count);
        }
    }

    private ProtocolFault lost(String done, long offset, int count) {
        return new ProtocolFault(
                String.format(
                        "buffer at device address 0x%x, 0x%x bytes, cannot be %s: %s",
                        address + offset, count, done, driver.description()));
    }
}
