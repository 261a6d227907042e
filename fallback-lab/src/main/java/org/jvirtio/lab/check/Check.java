package org.jvirtio.lab.check;

import java.util.Optional;

/** Looks whether one row holds for the device on the bench. */
interface Check {

    /** Leaves the device in whatever state; the bench resets it. */
    Finding on(Bench bench);

    /** Why the row does not apply to a device, if it does not; then it is not even opened. */
    default Optional<String> inapplicable(Facts facts) {
        return Optional.empty();
    }

    /** False if there is no device on which this row is tried here. */
    default boolean isEverTried() {
        return true;
    }
}
