package org.jvirtio.page;

/**
 * One field of a structure, in words.
 *
 * @param begin its first byte, counted from that of the dump
 * @param length bytes
 * @param meaning its value, and what that says
 * @param source the clause that describes it; may be empty
 */
public record ByteField(int begin, int length, String name, String meaning, String source) {

    public ByteField {
        if (begin < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "field " + name + " of " + length + " bytes at " + begin);
        }
    }

    boolean holds(int offset) {
        return offset >= begin && offset - begin < length;
    }
}
