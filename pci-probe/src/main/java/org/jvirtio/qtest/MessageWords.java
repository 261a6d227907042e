package org.jvirtio.qtest;

import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * Where the messages of MSI-X go: one word for each vector, in memory that we see. A message is a
 * write of 32 bits to an address (PCI Local Bus 3.0 section 6.8), and no processor has to be at
 * that address.
 *
 * <pre>
 *   +0     vector 0: 0 nothing came, {@link #ARRIVED} a message did
 *   +64    vector 1, in the next cache line
 * </pre>
 */
final class MessageWords implements AutoCloseable {

    /** What a message writes. */
    static final int ARRIVED = 1;

    private static final long STRIDE = 64;

    private final DmaRegion region;

    MessageWords(DmaMemory memory, int vectors) {
        region = memory.allocate(vectors * STRIDE, STRIDE);
    }

    /** Where vector {@code vector} writes to. */
    long address(int vector) {
        return region.deviceAddress(vector * STRIDE);
    }

    /** Takes a message away, if one came. What the device wrote before it is seen after this. */
    boolean take(int vector) {
        NativeMemory memory = region.memory();
        if (memory.readAcquire64(vector * STRIDE) == 0) {
            return false;
        }
        memory.writeRelease64(vector * STRIDE, 0);
        // A message that comes from here on is a new one; the rings are looked at after this.
        NativeMemory.fullFence();
        return true;
    }

    @Override
    public void close() {
        region.close();
    }
}
