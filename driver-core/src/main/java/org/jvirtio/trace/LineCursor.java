package org.jvirtio.trace;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jvirtio.EnvironmentException;

/** One line of a text, read word by word; a word that is not what it has to be names its column. */
final class LineCursor {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    private final String source;
    private final int number;
    private final String line;
    private int at;

    /** Begins at the first word; a comment is not part of the line. */
    LineCursor(String source, int number, String line) {
        this.source = source;
        this.number = number;
        this.line = line.replaceFirst("(^|\\s)#.*", "");
        skipBlanks();
    }

    boolean atEnd() {
        return at == line.length();
    }

    /** The next word, which must be one that {@code right} accepts. */
    String word(String expected, Predicate<String> right) {
        int end = at;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        String word = line.substring(at, end);
        if (word.isEmpty() || !right.test(word)) {
            throw expected(expected);
        }
        at = end;
        skipBlanks();
        return word;
    }

    void literal(String word) {
        word("'" + word + "'", word::equals);
    }

    long decimal(String expected) {
        return Long.parseLong(word(expected, word -> DECIMAL.matcher(word).matches()));
    }

    /** Up to 64 bits, such as {@code 0x1f}. */
    long hex(String expected) {
        String word = word(expected + " such as 0x1f", text -> HEX.matcher(text).matches());
        return Long.parseUnsignedLong(word.substring(2), 16);
    }

    /** All that is left of the line. */
    String rest(String expected) {
        String rest = line.substring(at).strip();
        if (rest.isEmpty()) {
            throw expected(expected);
        }
        at = line.length();
        return rest;
    }

    void end() {
        if (!atEnd()) {
            throw expected("the end of the line");
        }
    }

    /** What to throw where the word at this place is wrong. */
    EnvironmentException expected(String what) {
        String found = atEnd() ? "the line ends" : "it reads '" + shorten(line.substring(at)) + "'";
        return new EnvironmentException(
                String.format(
                        "reading the trace %s, line %d, column %d: %s where %s was expected. Mend"
                                + " the line, or record the trace again.",
                        source, number, at + 1, found, what));
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c <= ' ';
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
