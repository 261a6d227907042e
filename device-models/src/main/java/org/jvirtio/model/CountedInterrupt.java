package org.jvirtio.model;

import java.util.Arrays;
import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;

/**
 * An interrupt inside this process: a counter that a wait takes to zero, like an eventfd.
 *
 * <p>Thread-safe.
 */
class CountedInterrupt implements Interrupt {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private CountedInterruptSet[] sets = {};
    private long waiting;

    final synchronized void signal() {
        waiting++;
        notifyAll();
        for (CountedInterruptSet set : sets) {
            set.wake();
        }
    }

    /** From now on {@code set} is woken whenever it comes; at once if it came before. */
    final synchronized void tell(CountedInterruptSet set) {
        sets = Arrays.copyOf(sets, sets.length + 1);
        sets[sets.length - 1] = set;
        if (waiting > 0) {
            set.wake();
        }
    }

    final synchronized void forget(CountedInterruptSet set) {
        sets =
                Arrays.stream(sets)
                        .filter(other -> other != set)
                        .toArray(CountedInterruptSet[]::new);
    }

    @Override
    public final Optional<InterruptSet> newSet() {
        return Optional.of(new CountedInterruptSet());
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
