package org.jvirtio.pci;

/**
 * A piece of a BAR that was checked: it exists and lies inside.
 *
 * @param offset bytes from the BAR's start
 * @param length bytes
 */
public record Window(Bar bar, long offset, long length) {

    public Window {
        if (offset < 0 || length <= 0) {
            throw new IllegalArgumentException("window at " + offset + " of length " + length);
        }
        // By subtraction: an offset and a length that a device gave may not be added.
        if (bar.lengthKnown() && (offset > bar.length() || length > bar.length() - offset)) {
            throw new IllegalArgumentException(
                    String.format(
                            "window 0x%x+0x%x of BAR %d, which has 0x%x bytes",
                            offset, length, bar.index(), bar.length()));
        }
    }

    /** {@code BAR4+0x1000, 0x38 bytes}. */
    @Override
    public String toString() {
        return "BAR" + bar.index() + "+" + Hex.of(offset) + ", " + Hex.of(length) + " bytes";
    }
}
