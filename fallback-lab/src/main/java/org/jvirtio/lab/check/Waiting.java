package org.jvirtio.lab.check;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jvirtio.Interrupt;

/** How long a check waits: for what has to happen, and for what must not. */
final class Waiting {

    /** How long something is watched that must not happen. */
    static final long WATCH_MILLIS = 20;

    private Waiting() {}

    /** How long something may take that has to happen: {@code -Djvirtio.checkMillis}, 2000. */
    static long limitMillis() {
        return Long.getLong("jvirtio.checkMillis", 2000);
    }

    static boolean await(BooleanSupplier condition) {
        return within(limitMillis(), condition);
    }

    /** True as soon as the condition holds, false if it does not in that time. */
    static boolean within(long millis, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > millis * 1_000_000) {
                return false;
            }
            LockSupport.parkNanos(20_000);
        }
        return true;
    }

    /** True if any interrupt comes within a watch. */
    static boolean anyWithin(List<Interrupt> interrupts, long millis) {
        for (Interrupt interrupt : interrupts) {
            if (interrupt.await(millis * 1_000_000)) {
                return true;
            }
        }
        return false;
    }

    /** Lets time pass in which nothing must happen. */
    static void watch() {
        within(WATCH_MILLIS, () -> false);
    }
}
