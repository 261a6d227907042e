package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/** A copy of the indirect table of one chain, which lasts until the next one is made. */
final class TableCopy {

    /** No chain is longer than the largest queue (virtio 1.4 section 2.7.5.3.1). */
    private static final int MOST_BYTES = DeviceRing.LARGEST * DescriptorBits.BYTES;

    private NativeMemory latest = new NativeMemory(0, 0);

    /** Where it is in this process; 0 if it cannot be read, or is longer than any may be. */
    long copy(DriverMemory memory, long address, long length) {
        if (length > MOST_BYTES || !memory.isCopied(address, length)) {
            return 0;
        }
        byte[] bytes = new byte[(int) length];
        if (!memory.read(address, bytes, 0, bytes.length)) {
            return 0;
        }
        if (latest.length() < length) {
            // What is outgrown lives as long as this: doubled, it is less than the latest.
            latest = NativeMemory.allocateFor(this, Long.highestOneBit(length - 1) << 1);
        }
        latest.copyFrom(0, bytes, 0, bytes.length);
        return latest.address();
    }
}
