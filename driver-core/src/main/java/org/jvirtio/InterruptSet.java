package org.jvirtio;

/**
 * Interrupts that one thread sleeps on at once, made by {@link Interrupt#newSet} of one of them.
 *
 * <p>An interrupt that comes between two waits ends the next one, so none is lost between a last
 * look at the rings and the sleep. The same interrupt may be in the sets of several threads: it
 * wakes them all.
 *
 * <p>One thread adds, waits and closes; {@link #wake} may be called from any.
 */
public interface InterruptSet extends AutoCloseable {

    /**
     * Adds an interrupt's {@link Interrupt#line}; one that is in it already stays once.
     *
     * @return false if it is of another kind than the set can hold
     */
    boolean add(Interrupt interrupt);

    /**
     * Waits until one of them came or {@link #wake} was called. Allocates nothing.
     *
     * @param nanos the longest wait; a set may round it up to whole milliseconds
     * @return false if the limit passed; a true is a hint, as of {@link Interrupt#await}
     */
    boolean await(long nanos);

    /** Ends the wait, or the next one if there is none. Harmless once closed. */
    void wake();

    @Override
    void close();
}
