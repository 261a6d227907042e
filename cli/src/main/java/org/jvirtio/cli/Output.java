package org.jvirtio.cli;

import java.util.Locale;

/** The form of a result: for people, or for programs. */
public enum Output {
    TEXT,
    JSON;

    public static Output parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "choosing the form of the result: there is no '"
                            + text
                            + "'. Use -o text or -o json.");
        }
    }
}
