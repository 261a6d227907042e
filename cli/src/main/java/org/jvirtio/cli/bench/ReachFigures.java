package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jvirtio.cli.bench.reach.ReachSample;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Rounds;

/** What {@code bench reach} measured: each reach beside the first, round by round. */
final class ReachFigures {

    private static final String TABLE = "4k random read, polling";

    private final Map<String, List<ReachSample>> samples = new LinkedHashMap<>();

    /** One round; whoever comes first is what the others are compared with. */
    void add(MeasuredReach reach, ReachSample sample) {
        samples.computeIfAbsent(reach.label(), name -> new ArrayList<>()).add(sample);
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        cells.addAll(
                cells(new Figure("p50 latency", "us", Better.LOWER), 1, ReachSample::p50Micros));
        cells.addAll(
                cells(new Figure("p99 latency", "us", Better.LOWER), 1, ReachSample::p99Micros));
        cells.addAll(
                cells(
                        new Figure("reads per second", "", Better.HIGHER),
                        32,
                        ReachSample::deepPerSecond));
        return cells;
    }

    private List<Cell> cells(Figure figure, int depth, ToDoubleFunction<ReachSample> value) {
        List<Cell> cells = new ArrayList<>();
        String first = samples.keySet().stream().findFirst().orElse("");
        samples.forEach(
                (reach, its) -> {
                    Rounds row = new Rounds(TABLE, figure).at("depth", depth).at("reach", reach);
                    its.forEach(some -> row.add(Cell.OURS, value.applyAsDouble(some)));
                    if (!reach.equals(first)) {
                        samples.get(first)
                                .forEach(some -> row.add(first, value.applyAsDouble(some)));
                    }
                    cells.add(row.cell());
                });
        return cells;
    }
}
