package org.jvirtio.cli;

import java.util.Locale;

/** The form of a result: for people, or for programs. */
enum Output {
    TEXT,
    JSON;

    static Output parse(String text) {
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
