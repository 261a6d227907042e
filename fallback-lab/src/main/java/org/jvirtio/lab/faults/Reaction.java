package org.jvirtio.lab.faults;

/** What a driver stack did about a fault. */
public enum Reaction {
    /** The start ended with a typed reason; nothing of the function is in use. */
    REFUSE,
    /** A capability was ignored, and the device works with what is left. */
    SKIP_CAP,
    /** Another layout is used than without the fault, and the choice says why. */
    FALLBACK,
    /** The running device was given up; nothing that was in flight counts as done. */
    BREAK,
    /** One request or frame was given up, and the others go on. */
    DROP,
    /** A number of the device was cut to what is possible, and that was counted. */
    CLAMP,
    /** A bounded wait ended. */
    TIMEOUT,
    /** The device works as without the fault. */
    GO_ON;

    /** {@code SKIP-CAP}. */
    public String label() {
        return name().replace('_', '-');
    }
}
