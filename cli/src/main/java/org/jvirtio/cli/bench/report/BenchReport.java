package org.jvirtio.cli.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one run of a benchmark found.
 *
 * @param benchmark {@code ring}
 * @param time when it began
 * @param inputs what was measured and on what: sizes, seconds, devices, versions of kernel, QEMU,
 *     JDK, compiler and peers, the machine. Two reports are compared only if all of them are equal,
 *     so neither the time nor our own version belongs in here
 * @param notes what a reader has to know besides: a missing peer and why, what explains a figure
 */
public record BenchReport(
        String benchmark,
        Instant time,
        Map<String, String> inputs,
        List<Cell> cells,
        List<String> notes) {

    public BenchReport {
        inputs = Cell.inOrder(inputs);
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }

    /** The cells by table, both in the order in which they were measured. */
    public Map<String, List<Cell>> tables() {
        Map<String, List<Cell>> tables = new LinkedHashMap<>();
        for (Cell cell : cells) {
            tables.computeIfAbsent(heading(cell), name -> new ArrayList<>()).add(cell);
        }
        return tables;
    }

    /** Whether anything was measured of ours, or of a peer. */
    public boolean hasFigureOf(String name) {
        return cells.stream().anyMatch(cell -> cell.samples().containsKey(name));
    }

    /** Of the goals that were measured, how many were met; and how many were not measured. */
    String verdict() {
        List<Optional<Boolean>> verdicts =
                cells.stream().flatMap(cell -> cell.goals().stream().map(cell::met)).toList();
        long met = verdicts.stream().filter(verdict -> verdict.orElse(false)).count();
        long measured = verdicts.stream().filter(Optional::isPresent).count();
        long open = verdicts.size() - measured;
        return verdicts.isEmpty()
                ? "no goals"
                : met
                        + " of "
                        + measured
                        + " goals met"
                        + (open == 0 ? "" : ", " + open + " not measured");
    }

    private static String heading(Cell cell) {
        return cell.table() + ": " + cell.figure().heading();
    }
}
