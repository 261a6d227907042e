package org.jvirtio;

/**
 * Counts the looks that found nothing, and says when a {@link Waiting} has had enough of them. One
 * thread. The clock is not read at every look, since that costs as much as the look.
 */
final class Spin {

    private static final int LOOKS_PER_CLOCK = 64;

    private final Waiting waiting;
    private int looks;
    private long begin;

    Spin(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Something was found: the next look that finds nothing is the first. */
    void restart() {
        looks = 0;
    }

    /** After a look that found nothing: true to look again at once, false to sleep. */
    boolean again() {
        return switch (waiting.mode()) {
            case POLL -> true;
            case INTERRUPT -> false;
            case HYBRID -> looks < waiting.looks() && withinTime();
        };
    }

    private boolean withinTime() {
        int look = looks++;
        if (waiting.spinNanos() == Long.MAX_VALUE || look % LOOKS_PER_CLOCK != 0) {
            return true;
        }
        long now = System.nanoTime();
        if (look == 0) {
            begin = now;
        }
        boolean within = now - begin < waiting.spinNanos();
        if (!within) {
            looks = waiting.looks(); // the clock is not read at the next look
        }
        return within;
    }
}
