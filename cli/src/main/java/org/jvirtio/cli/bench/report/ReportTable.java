package org.jvirtio.cli.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The cells of one table as text: parameters, then the median of each peer with its spread, then
 * the ratios, then the goals.
 *
 * <pre>
 *   batch  jvirtio              C                    ratio to C           goal
 *   32     171 (165 to 173)     172 (170 to 175)     0.99 (0.97 to 1.01)  ratio >= 1, NOT met
 * </pre>
 *
 * @param missed for each row, whether a goal was missed
 */
record ReportTable(List<String> heading, List<List<String>> rows, List<Boolean> missed) {

    static ReportTable of(List<Cell> cells) {
        Set<String> parameters = new LinkedHashSet<>();
        Set<String> measured = new LinkedHashSet<>(List.of(Cell.OURS));
        for (Cell cell : cells) {
            parameters.addAll(cell.parameters().keySet());
            measured.addAll(cell.samples().keySet());
        }
        List<List<String>> rows = new ArrayList<>();
        cells.forEach(cell -> rows.add(row(cell, parameters, measured)));
        return new ReportTable(
                heading(parameters, measured),
                rows,
                cells.stream().map(ReportTable::missesAGoal).toList());
    }

    private static List<String> heading(Set<String> parameters, Set<String> measured) {
        List<String> heading = new ArrayList<>(parameters);
        heading.addAll(measured);
        measured.stream().skip(1).forEach(peer -> heading.add("ratio to " + peer));
        heading.add("goal");
        return heading;
    }

    private static List<String> row(Cell cell, Set<String> parameters, Set<String> measured) {
        List<String> row = new ArrayList<>();
        parameters.forEach(name -> row.add(cell.parameters().getOrDefault(name, "")));
        measured.forEach(name -> row.add(cell.spread(name).map(Spread::toString).orElse("-")));
        measured.stream()
                .skip(1)
                .forEach(peer -> row.add(cell.ratio(peer).map(Spread::toString).orElse("-")));
        row.add(String.join("; ", cell.goals().stream().map(goal -> verdict(cell, goal)).toList()));
        return row;
    }

    /** {@code ratio to C >= 1, met}. */
    private static String verdict(Cell cell, Goal goal) {
        String what = goal.peer().map(peer -> "ratio to " + peer + " ").orElse("");
        String least = cell.figure().better() == Better.HIGHER ? ">= " : "<= ";
        String verdict = cell.met(goal).map(met -> met ? "met" : "NOT met").orElse("not measured");
        return what + least + Amount.of(goal.bound()) + ", " + verdict;
    }

    private static boolean missesAGoal(Cell cell) {
        return cell.goals().stream().anyMatch(goal -> !cell.met(goal).orElse(true));
    }
}
