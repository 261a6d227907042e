package org.jvirtio;

import java.time.Duration;

/**
 * How long one looks at a queue that has nothing before one sleeps on its interrupt. A processor
 * that looks answers soonest, and does nothing else meanwhile.
 *
 * <pre>
 *   POLL        look, look, look ...              never sleeps
 *   HYBRID      look ... up to a bound, sleep     what is used soon costs no interrupt
 *   INTERRUPT   sleep
 * </pre>
 *
 * @param looks of HYBRID: the most that find nothing before one sleeps
 * @param spinNanos of HYBRID: the longest time spent on them, by a clock that is read at every 64th
 */
public record Waiting(Mode mode, int looks, long spinNanos) {

    /** Whether one looks, sleeps, or does one after the other. */
    public enum Mode {
        POLL,
        HYBRID,
        INTERRUPT
    }

    /** What a queue has until somebody asks for something else: a hundred looks, then sleep. */
    public static final Waiting DEFAULT = hybrid(100);

    public Waiting {
        if (looks < 0 || spinNanos < 0) {
            throw new IllegalArgumentException(
                    "spinning for " + looks + " looks and " + spinNanos + " ns; 0 is the least");
        }
    }

    public static Waiting poll() {
        return new Waiting(Mode.POLL, 0, 0);
    }

    /** Spins for a number of looks. */
    public static Waiting hybrid(int looks) {
        return new Waiting(Mode.HYBRID, looks, Long.MAX_VALUE);
    }

    /** Spins for a time. */
    public static Waiting hybrid(Duration spin) {
        return new Waiting(Mode.HYBRID, Integer.MAX_VALUE, spin.toNanos());
    }

    public static Waiting interrupt() {
        return new Waiting(Mode.INTERRUPT, 0, 0);
    }

    /**
     * As a predicate of a queue: {@code looks 100 times, then sleeps on its interrupt}.
     *
     * @param interrupt what is slept on
     */
    String sentence(String interrupt) {
        return switch (mode) {
            case POLL -> "polls";
            case INTERRUPT -> "sleeps on " + interrupt + " at once";
            case HYBRID -> "looks " + bound() + ", then sleeps on " + interrupt;
        };
    }

    private String bound() {
        return spinNanos == Long.MAX_VALUE ? looks + " times" : "for " + spinNanos + " ns";
    }
}
