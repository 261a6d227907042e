package org.jvirtio.learn.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command in a text.
 *
 * @param words behind {@code ./jvirtio}
 * @param shown the lines of its output that the text shows; {@code ...} stands for any number; if
 *     there are none, whatever comes is shown
 */
public record Command(List<String> words, List<String> shown) {

    private static final String PROMPT = "$ ./jvirtio ";
    private static final String LEFT_OUT = "...";

    public Command {
        words = List.copyOf(words);
        shown = List.copyOf(shown);
    }

    /** Reads a code block; empty if it is not a command. */
    public static Optional<Command> parse(String block) {
        List<String> lines = block.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(PROMPT)) {
            return Optional.empty();
        }
        List<String> words = List.of(lines.get(0).substring(PROMPT.length()).split(" +", -1));
        return Optional.of(new Command(words, lines.subList(1, lines.size())));
    }

    /**
     * What to show of {@code printed}: the lines that the text shows if they are there in that
     * order, otherwise all, since another device says other things.
     */
    public List<String> excerpt(List<String> printed) {
        return shown.isEmpty() || firstMissing(printed).isPresent() ? printed : shown;
    }

    /** The first line of the text that was not printed, or not next; empty if all were. */
    public Optional<String> firstMissing(List<String> printed) {
        int next = 0;
        boolean skipping = shown.isEmpty();
        for (String line : shown) {
            if (line.equals(LEFT_OUT)) {
                skipping = true;
                continue;
            }
            int found = printed.subList(next, printed.size()).indexOf(line);
            if (skipping ? found < 0 : found != 0) {
                return Optional.of(line);
            }
            next += found + 1;
            skipping = false;
        }
        return skipping || next == printed.size()
                ? Optional.empty()
                : Optional.of("the end, instead of: " + printed.get(next));
    }

    /** The line to type. */
    public static String line(List<String> words) {
        List<String> all = new ArrayList<>(List.of("$", "./jvirtio"));
        all.addAll(words);
        return String.join(" ", all);
    }
}
