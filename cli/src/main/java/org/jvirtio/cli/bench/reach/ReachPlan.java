package org.jvirtio.cli.bench.reach;

import java.time.Duration;
import java.util.List;

/**
 * How long the same reads are done at each reach.
 *
 * @param rounds in each of which every reach has a turn; of a guest all follow each other
 * @param seconds of one turn at one depth
 * @param warmUp seconds of unmeasured reads before the first round of a reach
 */
public record ReachPlan(int rounds, double seconds, double warmUp) {

    /** Reads in flight: how long one takes, and how many go through. */
    static final int ALONE = 1;

    static final int DEEP = 32;

    /** The longest that anybody means to wait for. */
    private static final double MOST_SECONDS = 3600;

    public ReachPlan {
        boolean sensible =
                rounds >= 1
                        && seconds > 0
                        && warmUp >= 0
                        && rounds * seconds + warmUp < MOST_SECONDS;
        if (!sensible) {
            throw new IllegalArgumentException(
                    String.format(
                            "measuring --rounds %d of --seconds %s after --warm-up %s: at least one"
                                    + " round and some time are needed, and less than an hour in all",
                            rounds, seconds, warmUp));
        }
    }

    /** What {@link #of} reads again. */
    public List<String> arguments() {
        return List.of("" + rounds, "" + seconds, "" + warmUp);
    }

    static ReachPlan of(List<String> arguments) {
        return new ReachPlan(
                Integer.parseInt(arguments.get(0)),
                Double.parseDouble(arguments.get(1)),
                Double.parseDouble(arguments.get(2)));
    }

    /** For a guest, which boots before and may be slow: four times the plan, and five minutes. */
    public Duration limit() {
        return Duration.ofMinutes(5).plusSeconds((long) (4 * (2 * rounds * seconds + warmUp)));
    }
}
