package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jvirtio.cli.UsageException;

/**
 * One configuration of the ring, as ours and the C program are told it.
 *
 * @param threads 1: both sides in turn; 2: a side each
 * @param batch requests that are published at once, at most
 * @param entries of the ring; a power of two, because the split one wants it
 * @param seconds that one round takes
 * @param processors the threads' places: of the driver, of the device
 */
record RingPlan(
        RingFormat format,
        int threads,
        int batch,
        int entries,
        double seconds,
        List<Integer> processors) {

    static final int MOST_BATCH = 256;
    static final int MOST_ENTRIES = 32768;

    RingPlan {
        processors = List.copyOf(processors);
        require(threads == 1 || threads == 2, "--threads " + threads + ": 1 or 2");
        require(
                entries >= 2 && entries <= MOST_ENTRIES && Integer.bitCount(entries) == 1,
                "--entries " + entries + ": a power of two, 2 to " + MOST_ENTRIES);
        require(
                batch >= 1 && batch <= Math.min(MOST_BATCH, entries),
                "--batch " + batch + ": 1 to " + Math.min(MOST_BATCH, entries));
        require(seconds > 0 && seconds <= 60, "--seconds " + seconds + ": above 0, at most 60");
        require(processors.size() == 2, "--cpus: two numbers, such as 0,1");
    }

    /** What both programs understand. */
    List<String> arguments() {
        return new ArrayList<>(
                List.of(
                        "--ring",
                        format.word(),
                        "--threads",
                        "" + threads,
                        "--batch",
                        "" + batch,
                        "--entries",
                        "" + entries,
                        "--seconds",
                        String.format(Locale.ROOT, "%.3f", seconds),
                        "--cpus",
                        processors.get(0) + "," + processors.get(1)));
    }

    private static void require(boolean fits, String complaint) {
        if (!fits) {
            throw new UsageException(complaint);
        }
    }
}
