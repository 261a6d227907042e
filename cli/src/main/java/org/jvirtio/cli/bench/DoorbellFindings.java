package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.bench.doorbell.DoorbellWay;
import org.jvirtio.cli.bench.doorbell.Finding;
import org.jvirtio.cli.bench.doorbell.RoundTripWay;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Rounds;

/** What the guest of {@code bench doorbell} said, and the report's cells that come of it. */
final class DoorbellFindings {

    private static final Figure COST = new Figure("cost for the driver", "ns", Better.LOWER);
    private static final Figure LATENCY = new Figure("round trip", "us", Better.LOWER);

    private final Console console;
    private final int rounds;
    private final Map<String, List<List<Double>>> samples = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    DoorbellFindings(Console console, int rounds) {
        this.console = console;
        this.rounds = rounds;
    }

    /** Takes a line of the guest's output. */
    void accept(String line) {
        Finding.parse(line)
                .ifPresentOrElse(this::add, () -> console.progress("the guest says: " + line));
    }

    private void add(Finding found) {
        if (found.kind() == Finding.Kind.NOTE) {
            notes.add(found.subject());
            console.progress(found.subject());
            return;
        }
        samples.computeIfAbsent(found.subject(), name -> new ArrayList<>()).add(found.nanos());
        console.progress(String.format("%s: %.0f ns", found.subject(), found.nanos().get(0)));
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Of everything that was measured in every round; what was not has a note. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (DoorbellWay way : DoorbellWay.values()) {
            if (isComplete(way.name())) {
                Rounds row = new Rounds("one notification", COST).at("doorbell", way.label());
                add(cells, row, way.name(), 0, 1);
            }
        }
        for (RoundTripWay way : RoundTripWay.values()) {
            if (isComplete(way.name())) {
                addPercentiles(cells, way);
            }
        }
        return cells;
    }

    private void addPercentiles(List<Cell> cells, RoundTripWay way) {
        for (int i = 0; i < Finding.PERCENTILES.size(); i++) {
            Rounds row =
                    new Rounds("one request of 512 bytes, null disk", LATENCY)
                            .at("layout", way.layout())
                            .at("waiting", way.label())
                            .at("percentile", percentile(Finding.PERCENTILES.get(i)));
            add(cells, row, way.name(), i, 1e3);
        }
    }

    /** {@code p50}, {@code p99.9}. */
    private static String percentile(double percent) {
        return "p" + (percent == Math.rint(percent) ? "" + (int) percent : "" + percent);
    }

    private void add(List<Cell> cells, Rounds row, String subject, int index, double nanos) {
        samples.get(subject).forEach(sample -> row.add(Cell.OURS, sample.get(index) / nanos));
        cells.add(row.cell());
    }

    private boolean isComplete(String subject) {
        return samples.getOrDefault(subject, List.of()).size() == rounds;
    }
}
