package org.jvirtio.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command as a shell reads it, for people to copy. */
public final class ShellWords {

    private ShellWords() {}

    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
