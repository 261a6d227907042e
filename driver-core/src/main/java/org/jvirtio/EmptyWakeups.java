package org.jvirtio;

import java.util.concurrent.locks.LockSupport;

/**
 * Counts interrupts with nothing behind them. A few are normal (section 2.7.7.1 allows spurious
 * ones, and one may come before its used index is seen); of a storm each costs a millisecond, so
 * that the thread that sleeps is not the one that burns a processor.
 */
final class EmptyWakeups {

    private static final int TOLERATED = 100;
    private static final long BACK_OFF_NANOS = 1_000_000;

    private long total;
    private int inARow;

    /** Something was found. */
    void foundWork() {
        inARow = 0;
    }

    /** Woken, and nothing was found; returns late if that is so again and again. */
    void foundNothing() {
        total++;
        if (++inARow > TOLERATED) {
            inARow = TOLERATED;
            LockSupport.parkNanos(BACK_OFF_NANOS);
        }
    }

    long total() {
        return total;
    }
}
