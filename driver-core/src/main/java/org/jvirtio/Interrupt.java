package org.jvirtio;

import java.util.Optional;

/** Something to wait on, by itself or together with others. */
public interface Interrupt {

    /**
     * Waits until there may be something to look at.
     *
     * @param nanos the longest wait
     * @return true if an interrupt came, or if the mode is polling and looking is the only way to
     *     know; false if the limit passed. A true is a hint: spurious ones are allowed (section
     *     2.7.7.1).
     */
    boolean await(long nanos);

    /**
     * Makes an empty set for interrupts of this kind, for whoever has several to wait on. Nothing
     * if this one cannot be slept on, as when the mode is polling.
     */
    default Optional<InterruptSet> newSet() {
        return Optional.empty();
    }

    /**
     * What the platform delivers it by, which is what an {@link InterruptSet} takes: this itself,
     * unless several share one line.
     */
    default Interrupt line() {
        return this;
    }

    /**
     * After an {@link InterruptSet} ended a wait, which tells not why: does what this interrupt
     * needs to come again. Never waits. For most there is nothing to do; the pin has its cause
     * read.
     */
    default void acknowledge() {}
}
