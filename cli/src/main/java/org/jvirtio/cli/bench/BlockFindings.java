package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.bench.block.BlockCell;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.GuestBlockBench;
import org.jvirtio.cli.bench.block.Measurement;
import org.jvirtio.cli.bench.block.Peer;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Rounds;

/** What the guest of {@code bench block} said, and the report's cells that come of it. */
final class BlockFindings {

    private static final Figure RATE = new Figure("requests per second", "k/s", Better.HIGHER);
    private static final Figure THROUGHPUT = new Figure("throughput", "MB/s", Better.HIGHER);
    private static final Figure MEDIAN = new Figure("p50 latency", "us", Better.LOWER);
    private static final Figure TAIL = new Figure("p99 latency", "us", Better.LOWER);
    private static final Figure CPU =
            new Figure("CPU time of one guest processor", "%", Better.LOWER);

    private static final int SMALL = 4096;

    private final BlockPlan plan;
    private final Console console;
    private final Map<String, List<Measurement>> measurements = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private String fioVersion = "not used";
    private int count;

    BlockFindings(BlockPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /** Takes a line of the guest's output. */
    void accept(String line) {
        if (line.startsWith(GuestBlockBench.FIO_IS)) {
            fioVersion = line.substring(GuestBlockBench.FIO_IS.length());
            return;
        }
        Measurement.parse(line)
                .ifPresentOrElse(this::add, () -> console.progress("the guest says: " + line));
    }

    private void add(Measurement found) {
        count++;
        String key = found.cell() + " by " + found.peer().label();
        if (!found.failure().isEmpty()) {
            notes.add(key + ", round " + found.round() + ": " + found.failure());
        } else if (found.figures().errors() > 0) {
            notes.add(
                    String.format(
                            "%s, round %d: %.0f requests ended with an error",
                            key, found.round(), found.figures().errors()));
        }
        measurements.computeIfAbsent(key, name -> new ArrayList<>()).add(found);
        console.progress(
                String.format(
                        "%d of %d: %s: %s",
                        count,
                        plan.measurements(),
                        key,
                        found.failure().isEmpty()
                                ? String.format("%.0f/s", found.figures().opsPerSecond())
                                : found.failure()));
    }

    String fioVersion() {
        return fioVersion;
    }

    /** What went wrong, sentence by sentence. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (BlockCell cell : plan.cells()) {
            boolean small = cell.bytes() <= SMALL;
            add(cells, rounds(cell, small ? RATE : THROUGHPUT), cell, rate(small));
            add(cells, rounds(cell, MEDIAN), cell, Measurement.Figures::p50Micros);
            add(cells, rounds(cell, TAIL), cell, Measurement.Figures::p99Micros);
            add(cells, rounds(cell, CPU), cell, Measurement.Figures::cpuPercent);
        }
        return cells;
    }

    private static ToDoubleFunction<Measurement.Figures> rate(boolean small) {
        return small
                ? figures -> figures.opsPerSecond() / 1e3
                : Measurement.Figures::megabytesPerSecond;
    }

    private static Rounds rounds(BlockCell cell, Figure figure) {
        Rounds rounds =
                new Rounds(cell.table(), figure)
                        .at("request", cell.request())
                        .at("depth", cell.depth());
        if (cell.hasGoals() && figure.equals(RATE)) {
            rounds.goal(Goal.ratioTo(Peer.C.label(), cell.isPolling() ? 0.9 : 0.8));
            if (cell.isPolling()) {
                rounds.goal(Goal.ratioTo(Peer.FIO.label(), 10));
            }
        }
        if (cell.hasGoals() && figure.equals(TAIL) && cell.depth() == 1) {
            rounds.goal(Goal.ratioTo(Peer.C.label(), 1.5));
        }
        return rounds;
    }

    /**
     * Adds everybody who was measured in every round; whoever failed once, or had a request fail,
     * has a note instead: a request that is refused may take no time at all.
     */
    private void add(
            List<Cell> cells,
            Rounds rounds,
            BlockCell cell,
            ToDoubleFunction<Measurement.Figures> figure) {
        boolean any = false;
        for (Peer peer : Peer.values()) {
            List<Measurement> found =
                    measurements
                            .getOrDefault(cell.name(peer) + " by " + peer.label(), List.of())
                            .stream()
                            .filter(one -> one.failure().isEmpty() && one.figures().errors() == 0)
                            .toList();
            if (found.size() == plan.rounds()) {
                found.forEach(one -> rounds.add(peer.label(), figure.applyAsDouble(one.figures())));
                any = true;
            }
        }
        if (any) {
            cells.add(rounds.cell());
        }
    }
}
