package org.jvirtio.qtest;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jvirtio.Interrupt;

/**
 * An interrupt that shows in memory or on the socket, where nothing wakes who waits: it is looked
 * for, first all the time, then with pauses.
 */
class PolledInterrupt implements Interrupt {

    private static final long EAGER_NANOS = 20_000;
    private static final long PAUSE_NANOS = 30_000;

    private final BooleanSupplier came;
    private final Runnable passTime;

    /**
     * Describes an interrupt.
     *
     * @param came tells whether it came since it was asked last
     * @param passTime what a machine needs so that time passes in it
     */
    PolledInterrupt(BooleanSupplier came, Runnable passTime) {
        this.came = came;
        this.passTime = passTime;
    }

    @Override
    public final boolean await(long nanos) {
        long start = System.nanoTime();
        while (!came.getAsBoolean()) {
            long waited = System.nanoTime() - start;
            if (waited >= nanos || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (waited < EAGER_NANOS) {
                Thread.onSpinWait();
            } else {
                passTime.run();
                LockSupport.parkNanos(Math.min(PAUSE_NANOS, nanos - waited));
            }
        }
        return true;
    }
}
