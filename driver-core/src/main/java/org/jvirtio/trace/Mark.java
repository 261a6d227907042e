package org.jvirtio.trace;

/**
 * What happened beside the registers: the driver started its work, interrupts were enabled.
 *
 * @param text one line; its first word says what kind of mark it is
 */
public record Mark(long nanos, String text) implements TraceEvent {

    public Mark {
        if (text.isBlank() || text.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw new IllegalArgumentException("a mark is one line with a word: '" + text + "'");
        }
    }

    /** True if its first word is {@code word}. */
    public boolean is(String word) {
        return text.equals(word) || text.startsWith(word + " ");
    }
}
