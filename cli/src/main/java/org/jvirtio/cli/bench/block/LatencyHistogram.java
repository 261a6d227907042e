package org.jvirtio.cli.bench.block;

import java.util.Arrays;

/**
 * A histogram of latencies in nanoseconds: 32 steps for each power of two, so a quantile is right
 * to three per cent. The C program has the same steps ({@code latency.h}), so that neither the
 * figures nor what it costs to gather them differ; a library's histogram would cost ours more.
 */
final class LatencyHistogram {

    private static final int STEP_BITS = 5;
    private static final int STEPS = 1 << STEP_BITS;

    private final int[] counts = new int[(64 - STEP_BITS + 1) * STEPS];

    void clear() {
        Arrays.fill(counts, 0);
    }

    void add(long nanos) {
        counts[bucket(nanos)]++;
    }

    /** The middle of the bucket in which the given part of all latencies (0 to 1) is reached. */
    double quantile(double part) {
        long total = Arrays.stream(counts).asLongStream().sum();
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > total * part) {
                return middle(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < STEPS) {
            return (int) Math.max(nanos, 0);
        }
        int shift = 63 - Long.numberOfLeadingZeros(nanos) - STEP_BITS;
        return shift * STEPS + (int) (nanos >>> shift);
    }

    private static double middle(int bucket) {
        int shift = bucket < 2 * STEPS ? 0 : bucket / STEPS - 1;
        return (bucket - shift * STEPS + 0.5) * (1L << shift);
    }
}
