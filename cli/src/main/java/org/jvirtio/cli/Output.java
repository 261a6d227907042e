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
            throw new UsageException("-o " + text + ": there are text and json");
        }
    }
}
