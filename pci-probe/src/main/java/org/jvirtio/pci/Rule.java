package org.jvirtio.pci;

/**
 * One rule that was tried, with what was seen.
 *
 * @param sentence what has to hold
 * @param source the clause that says so
 * @param seen the values it was tried on
 */
public record Rule(String sentence, String source, Words seen, Outcome outcome) {

    /** How it ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** What it needs cannot be known here; {@link Rule#seen} says what is missing. */
        NOT_CHECKED,
        /** It does not hold, and nothing depends on it: a remark on the device. */
        NOTED
    }

    /** What to say of it if it does not hold. */
    Words failure() {
        return Words.of("rule '", sentence, "' fails: ", seen);
    }
}
