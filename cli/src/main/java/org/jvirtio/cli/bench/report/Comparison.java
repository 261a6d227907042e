package org.jvirtio.cli.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What changed from one report to a later one. Only reports whose inputs are all equal are
 * compared: a figure of another machine, kernel or size says nothing about a change of ours.
 */
public record Comparison(BenchReport before, BenchReport after) {

    /** One cell in both reports. */
    public record Change(Cell before, Cell after) {

        /** Median of ours, after divided by before; empty if it was not measured both times. */
        public Optional<Double> factor() {
            Optional<Spread> was = before.spread(Cell.OURS);
            return after.spread(Cell.OURS)
                    .flatMap(is -> was.map(spread -> is.median() / spread.median()));
        }
    }

    /** One line for each input that differs, naming both values; empty if they may be compared. */
    public List<String> differences() {
        Map<String, String> was = inputs(before);
        Map<String, String> is = inputs(after);
        Set<String> names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String old = was.getOrDefault(name, "(not given)");
            String now = is.getOrDefault(name, "(not given)");
            if (!old.equals(now)) {
                differences.add(name + ": " + old + " / " + now);
            }
        }
        return differences;
    }

    /** The cells that both have, in the order of the later one. */
    public List<Change> changes() {
        Map<String, Cell> old = new LinkedHashMap<>();
        before.cells().forEach(cell -> old.put(identity(cell), cell));
        return after.cells().stream()
                .filter(cell -> old.containsKey(identity(cell)))
                .map(cell -> new Change(old.get(identity(cell)), cell))
                .toList();
    }

    private static String identity(Cell cell) {
        return cell.label() + ", " + cell.figure().heading();
    }

    private static Map<String, String> inputs(BenchReport report) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("benchmark", report.benchmark());
        inputs.putAll(report.inputs());
        return inputs;
    }
}
