package org.jvirtio.model;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Does wrong again and again, on a thread of its own, under the function's lock, for a while. */
final class Repeater {

    private final Platform platform;
    private final long pauseNanos;
    private final long limitNanos;

    /**
     * Prepares a repetition.
     *
     * @param pause before each time
     * @param limit after which it ends, whatever happens
     */
    Repeater(Platform platform, Duration pause, Duration limit) {
        this.platform = platform;
        this.pauseNanos = pause.toNanos();
        this.limitNanos = limit.toNanos();
    }

    /** Runs {@code step} until it returns false. */
    void start(BooleanSupplier step) {
        Thread thread = new Thread(() -> repeat(step), "fault");
        thread.setDaemon(true);
        thread.start();
    }

    private void repeat(BooleanSupplier step) {
        long start = System.nanoTime();
        boolean[] goesOn = {true};
        while (goesOn[0] && System.nanoTime() - start < limitNanos) {
            LockSupport.parkNanos(pauseNanos);
            platform.locked(() -> goesOn[0] = once(step));
        }
    }

    private static boolean once(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (ProtocolFault gone) {
            return false; // The driver took the memory away, as it may once it has had enough.
        }
    }
}
