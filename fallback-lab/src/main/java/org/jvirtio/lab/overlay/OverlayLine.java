package org.jvirtio.lab.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jvirtio.EnvironmentException;

/** The words of one line of an overlay, taken one after the other; knows where it stands. */
final class OverlayLine {

    /** A word, or what follows the last one. */
    private record Word(String text, int column) {}

    private static final Pattern WORD = Pattern.compile("\\S+");

    private final String source;
    private final int number;
    private final List<Word> words = new ArrayList<>();
    private final int end;
    private int next;

    /**
     * Splits a line.
     *
     * @param source what the text is called, for messages
     * @param number of the line, from 1
     */
    OverlayLine(String source, int number, String text) {
        this.source = source;
        this.number = number;
        String content = text.split("#", 2)[0];
        Matcher matcher = WORD.matcher(content);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start() + 1));
        }
        this.end = content.stripTrailing().length() + 1;
    }

    boolean isOver() {
        return next == words.size();
    }

    /** The next word; none at the end of the line. */
    String peek() {
        return isOver() ? "" : words.get(next).text();
    }

    /** Takes the next word if it is this one. */
    boolean takes(String word) {
        boolean taken = peek().equals(word);
        next += taken ? 1 : 0;
        return taken;
    }

    /** Takes the next word, which must be there. */
    String take(String expected) {
        if (isOver()) {
            throw malformed(expected);
        }
        return words.get(next++).text();
    }

    void requireOver() {
        if (!isOver()) {
            throw malformed("the end of the line");
        }
    }

    /** Takes one constant of an enum by its name, as written there or in small letters. */
    <E extends Enum<E>> E constant(Class<E> kind, boolean small) {
        String names =
                Arrays.stream(kind.getEnumConstants())
                        .map(
                                constant ->
                                        small
                                                ? constant.name().toLowerCase(Locale.ROOT)
                                                : constant.name())
                        .collect(Collectors.joining(", "));
        return find(kind, peek(), small)
                .map(
                        found -> {
                            next++;
                            return found;
                        })
                .orElseThrow(() -> malformed("one of " + names));
    }

    static <E extends Enum<E>> Optional<E> find(Class<E> kind, String word, boolean small) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(c -> (small ? c.name().toLowerCase(Locale.ROOT) : c.name()).equals(word))
                .findFirst();
    }

    /** Takes a number, decimal or 0x and hexadecimal, from {@code least} to {@code most}. */
    long number(long least, long most) {
        String end = most == Long.MAX_VALUE ? " on" : " to " + most;
        return number(least, most, "a number from " + least + end);
    }

    /** Takes a number of up to 64 bits. */
    long bits() {
        return number(Long.MIN_VALUE, Long.MAX_VALUE, "a number such as 7 or 0x1000");
    }

    private long number(long least, long most, String expected) {
        Optional<Long> value = parse(peek()).filter(v -> v >= least && v <= most);
        if (value.isEmpty()) {
            throw malformed(expected);
        }
        next++;
        return value.get();
    }

    /** Unsigned, up to 64 bits. */
    static Optional<Long> parse(String text) {
        try {
            return Optional.of(
                    text.startsWith("0x")
                            ? Long.parseUnsignedLong(text.substring(2), 16)
                            : Long.parseUnsignedLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Says that the next word, or the end, is not what has to stand there. */
    EnvironmentException malformed(String expected) {
        return malformed(isOver() ? end : words.get(next).column(), expected);
    }

    /** As the other, of something {@code skip} letters into the next word. */
    EnvironmentException malformedWithin(int skip, String expected) {
        return malformed(words.get(next).column() + skip, expected);
    }

    private EnvironmentException malformed(int column, String expected) {
        String found = isOver() ? "the line ends here" : "'" + peek() + "' stands here";
        return new EnvironmentException(
                String.format(
                        "Reading overlay %s, line %d, column %d: %s; expected is %s.",
                        source, number, column, found, expected));
    }
}
