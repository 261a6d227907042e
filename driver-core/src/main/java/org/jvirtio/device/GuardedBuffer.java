package org.jvirtio.device;

import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * A buffer of a driver's own, with canaries before and after it: a device that writes outside what
 * it was given is found out.
 *
 * <pre>
 *   0     canary (512)
 *   512   data
 *   end   canary (512)
 * </pre>
 */
final class GuardedBuffer {

    private static final int GUARD_BYTES = 512;
    private static final int ALIGNMENT = 4096;
    private static final long CANARY = 0xdead_10cc_dead_10ccL;

    private final DmaRegion region;
    private final int length;

    GuardedBuffer(RunningDevice device, int length) {
        this.length = length;
        region = device.allocate(2L * GUARD_BYTES + length, ALIGNMENT);
        for (int i = 0; i < GUARD_BYTES; i += Long.BYTES) {
            region.memory().write64(i, CANARY);
            region.memory().write64(end() + i, CANARY);
        }
    }

    /** Bytes of data. */
    int length() {
        return length;
    }

    DmaRegion region() {
        return region;
    }

    /** Where the data starts in {@link #region}. */
    int start() {
        return GUARD_BYTES;
    }

    void clear(int count) {
        region.memory().fill(start(), count, 0);
    }

    void put(byte[] source, int offset, int count) {
        region.memory().copyFrom(start(), source, offset, count);
    }

    void take(byte[] target, int offset, int count) {
        region.memory().copyTo(start(), target, offset, count);
    }

    /** True if nobody wrote before or after the data. */
    boolean isIntact() {
        NativeMemory memory = region.memory();
        long end = end();
        boolean intact = true;
        for (int i = 0; i < GUARD_BYTES; i += Long.BYTES) {
            intact &= memory.read64(i) == CANARY && memory.read64(end + i) == CANARY;
        }
        return intact;
    }

    private long end() {
        return (long) GUARD_BYTES + length;
    }
}
