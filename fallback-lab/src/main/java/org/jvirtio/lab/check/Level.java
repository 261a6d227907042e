package org.jvirtio.lab.check;

import java.util.Arrays;

/** How strongly a clause asks: the key words of RFC 2119, as a clause has them. */
public enum Level {
    MUST("MUST"),
    MUST_NOT("MUST NOT"),
    SHOULD("SHOULD"),
    SHOULD_NOT("SHOULD NOT"),
    MAY("MAY");

    private final String words;

    Level(String words) {
        this.words = words;
    }

    /** As the specification writes it. */
    public String words() {
        return words;
    }

    /** True if a device that does otherwise does not conform. */
    public boolean isStrict() {
        return this == MUST || this == MUST_NOT;
    }

    static Level of(String words) {
        return Arrays.stream(values())
                .filter(level -> level.words.equals(words))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + words + "' is no key word of a clause"));
    }
}
