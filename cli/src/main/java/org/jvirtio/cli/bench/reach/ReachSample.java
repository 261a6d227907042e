package org.jvirtio.cli.bench.reach;

import java.util.Optional;
import org.jvirtio.cli.bench.block.PolledReads;

/**
 * What one round at one reach gave: one read at a time, then {@link ReachPlan#DEEP} of them.
 *
 * @param deepPerSecond reads that go through if many are in flight
 */
public record ReachSample(double p50Micros, double p99Micros, double deepPerSecond) {

    private static final String MARK = "round";

    static ReachSample of(PolledReads reads, ReachPlan plan) {
        PolledReads.Turn alone = reads.read(ReachPlan.ALONE, plan.seconds());
        PolledReads.Turn deep = reads.read(ReachPlan.DEEP, plan.seconds());
        return new ReachSample(alone.p50Micros(), alone.p99Micros(), deep.perSecond());
    }

    /** As a guest says it. */
    String line() {
        return String.join("\t", MARK, "" + p50Micros, "" + p99Micros, "" + deepPerSecond);
    }

    /** Empty if the line is something else. */
    public static Optional<ReachSample> parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 4 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        return Optional.of(
                new ReachSample(
                        Double.parseDouble(parts[1]),
                        Double.parseDouble(parts[2]),
                        Double.parseDouble(parts[3])));
    }
}
