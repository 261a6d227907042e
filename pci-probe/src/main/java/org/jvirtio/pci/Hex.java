package org.jvirtio.pci;

import java.util.HexFormat;

/**
 * Numbers as the words of a choice show them. A choice has some forty of them, and a format string
 * costs a microsecond and two kilobytes for each.
 */
final class Hex {

    private static final HexFormat BYTES = HexFormat.ofDelimiter(" ");

    private Hex() {}

    /** {@code 0x1000}; a negative number is shown as the unsigned one it is. */
    static String of(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** {@code 40}: the low eight bits. */
    static String digits2(int value) {
        return BYTES.toHexDigits((byte) value);
    }

    /** {@code 1af4}: the low sixteen bits. */
    static String digits4(int value) {
        return BYTES.toHexDigits((short) value);
    }

    /** {@code 81000100}. */
    static String digits8(int value) {
        return BYTES.toHexDigits(value);
    }

    /** {@code 09 50 10 01 ...}. */
    static String bytes(byte[] values) {
        return BYTES.formatHex(values);
    }
}
