package org.jvirtio.page;

import java.util.List;

/**
 * Bytes that belong together and have one colour, such as a capability.
 *
 * @param begin its first byte, counted from that of the dump
 * @param length bytes
 */
public record ByteGroup(String label, int begin, int length, List<ByteField> fields) {

    /** Colours in the style sheet; groups take turns, the first has one of its own. */
    private static final int COLOURS = 8;

    public ByteGroup {
        fields = List.copyOf(fields);
        if (begin < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "group " + label + " of " + length + " bytes at " + begin);
        }
    }

    boolean holds(int offset) {
        return offset >= begin && offset - begin < length;
    }

    /** The class of group number {@code index}. */
    static String colour(int index) {
        return index == 0 ? "head" : "c" + (index - 1) % COLOURS;
    }
}
