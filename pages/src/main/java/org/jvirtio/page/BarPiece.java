package org.jvirtio.page;

/**
 * A piece of a BAR that something uses.
 *
 * @param row what it belongs to, such as a layout; pieces of one row are drawn beside each other
 * @param offset bytes from the start of the BAR
 * @param length bytes
 */
public record BarPiece(String row, String name, long offset, long length) {

    public BarPiece {
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "piece " + name + " of " + length + " bytes at " + offset);
        }
    }

    long end() {
        return offset + length;
    }

    @Override
    public String toString() {
        return String.format("%s %s +0x%x, 0x%x bytes", row, name, offset, length);
    }
}
