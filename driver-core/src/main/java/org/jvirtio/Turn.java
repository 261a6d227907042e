package org.jvirtio;

/**
 * What a {@link DriverLoop} turns: one driver, or one queue of it, seen as work that comes in
 * pieces. {@link QueueTurn} is one over a virtqueue.
 *
 * <pre>
 *   turn, turn, turn ...          while there is work, or to spin
 *   arm                           about to sleep: interrupts on, then look again
 *   (sleep)                       unless somebody's arm found something
 *   disarm, turn ...
 * </pre>
 *
 * <p>All is called from the thread of the loop.
 */
public interface Turn {

    /** {@link #longestSleep} of one that waits for nothing but its interrupt. */
    long NO_TIMER = Long.MAX_VALUE;

    /**
     * Does a bounded piece of work, so that the others get their turn; never waits.
     *
     * @return true if there was any
     */
    boolean turn();

    /**
     * Asks for an interrupt, then looks again, because something may have come just before: {@link
     * org.jvirtio.queue.Virtqueue#enableInterrupts} of every queue.
     *
     * @return true if there is work; nobody sleeps then
     */
    boolean arm();

    /** Asks for no more interrupts; also called if nobody slept. */
    void disarm();

    /** What {@link #arm} asks for; always the same one. */
    Interrupt interrupt();

    /**
     * For what must be done at a time rather than at an interrupt: asked before each sleep.
     *
     * @param now of {@link System#nanoTime}
     * @return nanoseconds after which to call {@link #turn} at the latest, 0 for at once. Sleeps
     *     end after 100 ms anyway.
     */
    default long longestSleep(long now) {
        return NO_TIMER;
    }

    /**
     * Called about every 100 ms, idle or not, to find out whether something takes too long.
     *
     * @param now of {@link System#nanoTime}
     */
    default void watch(long now) {}

    /**
     * Asked after a turn without work: true if there will never be any. The loop turns it no more,
     * and ends with its last.
     */
    default boolean isOver() {
        return false;
    }
}
