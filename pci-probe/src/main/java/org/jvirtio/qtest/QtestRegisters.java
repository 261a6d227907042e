package org.jvirtio.qtest;

import org.jvirtio.RegistersByWidth;

/**
 * A stretch of an address space of the machine: each access is one command of exactly its width.
 */
final class QtestRegisters implements RegistersByWidth {

    private final BusCycles cycles;
    private final long start;
    private final long length;

    /**
     * Describes registers.
     *
     * @param start address of the first one
     */
    QtestRegisters(BusCycles cycles, long start, long length) {
        this.cycles = cycles;
        this.start = start;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(int offset, int width) {
        check(offset, width);
        return cycles.read(start + offset, width);
    }

    @Override
    public void write(int offset, int width, int value) {
        check(offset, width);
        cycles.write(start + offset, width, value);
    }

    private void check(int offset, int width) {
        if (offset < 0 || offset > length - width || (offset & width - 1) != 0) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "%d-byte access at 0x%x of registers that have 0x%x bytes",
                            width, offset, length));
        }
    }
}
