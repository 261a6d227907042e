package org.jvirtio.lab.peers;

import java.util.Locale;

/** How we know a rule of another driver. */
public enum Basis {
    /** Read in the source file that the rule names, in that version. */
    VERIFIED,
    /** Follows from what was read, or from a library below it that was not. */
    INFERRED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
