package org.jvirtio.model;

import org.jvirtio.Interrupt;

/**
 * An interrupt inside this process: a counter that a wait takes to zero, like an eventfd.
 *
 * <p>Thread-safe.
 */
class CountedInterrupt implements Interrupt {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private long waiting;

    final synchronized void signal() {
        waiting++;
        notifyAll();
    }

    @Override
    public final synchronized boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; waiting == 0; left = end - System.nanoTime()) {
                if (left <= 0) {
                    return false;
                }
                wait(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        waiting = 0;
        return true;
    }
}
