package org.jvirtio.lab.check;

import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;

/**
 * Memory that the device reaches, given out piece after piece and taken back as a whole.
 *
 * <pre>
 *   | piece | piece, aligned | ...            1 MiB |
 * </pre>
 */
final class BenchMemory implements AutoCloseable {

    private static final int LENGTH = 1 << 20;
    private static final int PAGE = 4096;

    private final DmaRegion region;
    private int used;

    BenchMemory(DmaMemory memory) {
        this.region = memory.allocate(LENGTH, PAGE);
    }

    /** Fresh bytes, zero, aligned to 64. */
    Buffer buffer(int length) {
        return take(length, 64);
    }

    Buffer pages(int length) {
        return take(length, PAGE);
    }

    private Buffer take(int length, int alignment) {
        int start = (used + alignment - 1) & -alignment;
        used = start + length;
        return new Buffer(region.memory().slice(start, length), region.deviceAddress(start));
    }

    @Override
    public void close() {
        region.close();
    }
}
