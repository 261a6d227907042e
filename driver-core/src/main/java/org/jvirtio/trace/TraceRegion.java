package org.jvirtio.trace;

import java.util.HexFormat;
import java.util.List;

/**
 * A region that can be accessed.
 *
 * @param name one word, without {@code +}
 * @param address where it was on its bus
 * @param length bytes, or {@link #UNKNOWN_LENGTH}
 * @param traits what else is known of it, words of whoever recorded it
 * @param content hex digits, two a byte: what its first bytes held before the first access; empty
 *     if that was not kept
 */
public record TraceRegion(
        String name, long address, long length, List<String> traits, String content) {

    public static final long UNKNOWN_LENGTH = -1;

    public TraceRegion {
        traits = List.copyOf(traits);
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == '+')) {
            throw new IllegalArgumentException("'" + name + "' is no name for a region");
        }
    }

    /** A region of which the content was kept, and all of it. */
    public static TraceRegion ofBytes(String name, byte[] bytes) {
        return new TraceRegion(name, 0, bytes.length, List.of(), HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(content);
    }

    public boolean has(String trait) {
        return traits.contains(trait);
    }
}
