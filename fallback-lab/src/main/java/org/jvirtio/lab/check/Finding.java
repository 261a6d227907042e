package org.jvirtio.lab.check;

import java.util.Optional;
import org.jvirtio.lab.Outcome;

/**
 * What a check saw.
 *
 * @param seen with values; of a skipped check the reason
 * @param level of the part that was violated, where it is not the level of the whole row
 */
@SuppressWarnings("AnnotateFormatMethod") // The annotation would be one more dependency.
public record Finding(Outcome outcome, String seen, Optional<Level> level) {

    /** PASS if what the row claims holds, else FAIL; {@code format} says what was seen. */
    static Finding that(boolean holds, String format, Object... values) {
        return new Finding(
                holds ? Outcome.PASS : Outcome.FAIL,
                String.format(format, values),
                Optional.empty());
    }

    static Finding pass(String format, Object... values) {
        return that(true, format, values);
    }

    static Finding fail(String format, Object... values) {
        return that(false, format, values);
    }

    /** The device no longer answers. */
    static Finding wedged(String message) {
        return new Finding(Outcome.WEDGED, message, Optional.empty());
    }

    static Finding skip(String format, Object... values) {
        return new Finding(Outcome.SKIP, String.format(format, values), Optional.empty());
    }

    /** The same, where a part of the row has a level of its own. */
    Finding at(Level part) {
        return new Finding(outcome, seen, Optional.of(part));
    }
}
