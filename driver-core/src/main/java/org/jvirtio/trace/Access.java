package org.jvirtio.trace;

/**
 * One access to a register, as the bus saw it.
 *
 * @param region name of what was accessed, as the header of the trace lists it
 * @param offset bytes from the start of the region
 * @param width bytes: 1, 2 or 4
 * @param value unsigned, of that width; all bits of the {@code int} for four bytes
 */
public record Access(
        long nanos, Direction direction, String region, long offset, int width, int value)
        implements TraceEvent {

    /** Which way the value went. */
    public enum Direction {
        READ,
        WRITE
    }

    public Access {
        if (offset < 0 || (width != 1 && width != 2 && width != 4)) {
            throw new IllegalArgumentException(
                    String.format("an access of %d bytes at %s+%d", width, region, offset));
        }
        value &= mask(width);
    }

    public boolean isRead() {
        return direction == Direction.READ;
    }

    public boolean isWrite() {
        return direction == Direction.WRITE;
    }

    /** Bytes after the last one accessed, from the start of the region. */
    public long end() {
        return offset + width;
    }

    /** The same with another value. */
    public Access withValue(int other) {
        return new Access(nanos, direction, region, offset, width, other);
    }

    /** True if both go the same way to the same place, whatever the value and the time. */
    public boolean isLike(Access other) {
        return direction == other.direction
                && region.equals(other.region)
                && offset == other.offset
                && width == other.width;
    }

    /** {@code w8 BAR4+0x14 0x01}: without the time. */
    @Override
    public String toString() {
        return String.format(
                "%s%d %s+0x%x 0x%0" + 2 * width + "x",
                isRead() ? "r" : "w",
                8 * width,
                region,
                offset,
                value);
    }

    private static int mask(int width) {
        return width == 4 ? -1 : (1 << (8 * width)) - 1;
    }
}
