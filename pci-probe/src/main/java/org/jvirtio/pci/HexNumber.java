package org.jvirtio.pci;

/**
 * A number that {@link Words} show in hexadecimal.
 *
 * @param digits how many at least
 */
record HexNumber(long value, int digits) {

    /** {@code 0x1000}; a negative number is shown as the unsigned one it is. */
    static HexNumber of(long value) {
        return new HexNumber(value, 1);
    }

    @Override
    public String toString() {
        String text = Long.toHexString(value);
        return "0x" + "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
