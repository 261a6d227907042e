package org.jvirtio.net;

/**
 * Lets {@value #PER_SECOND} of something pass in a second, and as many at once after a pause. RFC
 * 1812 section 4.3.2.8 asks this of whoever sends ICMP errors: else a flood is answered by a flood.
 */
final class RateLimit {

    static final int PER_SECOND = 10;

    private static final long NANOS_EACH = 1_000_000_000L / PER_SECOND;

    private int tokens = PER_SECOND;
    private long last;
    private boolean begun;

    /** True if one more may pass now. */
    boolean allows(long now) {
        long fresh = begun ? (now - last) / NANOS_EACH : PER_SECOND;
        if (fresh > 0) {
            tokens = (int) Math.min(PER_SECOND, tokens + Math.min(fresh, PER_SECOND));
            last = now;
            begun = true;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
