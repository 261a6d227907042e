package org.jvirtio.cli.bench;

import java.util.List;
import java.util.Optional;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Rounds;

/**
 * The rounds of one configuration: ours and C in turn. A round in which something else took a
 * processor away is measured again, as often as there are rounds; after that it counts.
 */
final class RingRounds {

    private static final String C = "C";
    private static final Figure FIGURE = new Figure("buffers per second", "M/s", Better.HIGHER);

    /**
     * More than 1: it waits right behind the driver, and both want the cache line that the other
     * has just written. Then it is this which is measured, more than either side's work.
     */
    private static final Figure LOOKS =
            new Figure("looks of the device for each batch it found", "", Better.LOWER);

    private final RingPlan plan;
    private final int rounds;
    private final Optional<RingInC> peer;
    private final Rounds cell;
    private final Rounds looks;
    private int repeats;
    private int disturbed;

    RingRounds(RingPlan plan, int rounds, Optional<RingInC> peer) {
        this.plan = plan;
        this.rounds = rounds;
        this.peer = peer;
        this.repeats = rounds;
        this.cell = new Rounds(label(plan), FIGURE).at("batch", plan.batch());
        this.looks = new Rounds(label(plan), LOOKS).at("batch", plan.batch());
        cell.goal(Goal.ratioTo(C, 1.0));
    }

    String label() {
        return label(plan) + ", batch " + plan.batch();
    }

    /** Buffers per second, and what two threads have to wait for. */
    List<Cell> measure(double warmUp) {
        try (RingJvm ours = new RingJvm(plan, warmUp)) {
            for (int round = 0; round < rounds; round++) {
                round(ours);
            }
        }
        return plan.threads() == 1 ? List.of(cell.cell()) : List.of(cell.cell(), looks.cell());
    }

    /** Rounds that count although another process took a processor away. */
    int disturbed() {
        return disturbed;
    }

    private void round(RingJvm ours) {
        RingSample mine = ours.round();
        Optional<RingSample> theirs = peer.map(c -> c.round(plan));
        boolean quiet = !mine.isDisturbed() && theirs.map(c -> !c.isDisturbed()).orElse(true);
        if (!quiet && repeats > 0) {
            repeats--;
            round(ours);
            return;
        }
        disturbed += quiet ? 0 : 1;
        cell.add(Cell.OURS, mine.millionsPerSecond(plan.threads()));
        looks.add(Cell.OURS, mine.looks());
        theirs.ifPresent(c -> cell.add(C, c.millionsPerSecond(plan.threads())));
        theirs.ifPresent(c -> looks.add(C, c.looks()));
    }

    private static String label(RingPlan plan) {
        return plan.format().word()
                + " ring, "
                + (plan.threads() == 1 ? "one thread" : "two threads");
    }
}
