package org.jvirtio.cli.bench;

import static org.jvirtio.cli.bench.report.Better.LOWER;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Rounds;
import org.jvirtio.cli.bench.report.Spread;

/**
 * What JMH found, as cells: time and allocation of each operation; and where one number was turned
 * up, how far each cost lies from the median of its row, which tells whether the cost is flat.
 */
final class MicroCells {

    private static final Figure TIME = new Figure("time of a request, there and back", "ns", LOWER);
    private static final Figure ARITHMETIC = new Figure("time of one test", "ns", LOWER);
    private static final Figure BYTES = new Figure("allocated for one operation", "B", LOWER);

    /** JMH itself allocates a little for each iteration, spread over its operations. */
    private static final double NOTHING = 0.05;

    /** The cost is flat if it is at most this much above the median of its row. */
    private static final double FLAT = 1.25;

    private static final String MEDIAN = "median of the row";

    private static final String CACHES =
            "a request of a ring of 32768 entries touches memory that it has not touched for 32768"
                    + " requests: 16 bytes of descriptor and 32 of what the driver remembers (split:"
                    + " 10 more in the rings), 1.5 MiB in all, which lie beyond the second cache."
                    + " With 64 queues of 256 entries each it is 0.8 MiB";

    private final List<MicroResult> results;

    MicroCells(List<MicroResult> results) {
        this.results = results;
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (MicroResult result : results) {
            cells.add(time(result));
        }
        for (MicroResult result : results) {
            cells.add(
                    at(new Rounds("allocation", BYTES).at("operation", result.benchmark()), result)
                            .add(Cell.OURS, result.bytes())
                            .goal(Goal.ownFigure(NOTHING))
                            .cell());
        }
        return cells;
    }

    List<String> notes() {
        return List.of(CACHES, "below " + NOTHING + " B is JMH's own, spread over all operations");
    }

    private Cell time(MicroResult result) {
        return switch (result.benchmark()) {
            case "Queues.requests" -> flat("cost against queues, 256 entries each", result);
            case "Entries.requests" -> flat("cost against entries of the ring", result);
            case "Requests.requests" -> plain("requests, ring of 256 entries", TIME, result);
            default ->
                    plain(
                            "arithmetic of the event index: " + result.benchmark(),
                            ARITHMETIC,
                            result);
        };
    }

    private static Cell plain(String table, Figure figure, MicroResult result) {
        Rounds cell = at(new Rounds(table, figure), result);
        result.nanoseconds().forEach(sample -> cell.add(Cell.OURS, sample));
        return cell.cell();
    }

    private Cell flat(String table, MicroResult result) {
        double median = medianOfRow(result);
        Rounds cell = at(new Rounds(table, TIME), result).goal(Goal.ratioTo(MEDIAN, FLAT));
        for (double sample : result.nanoseconds()) {
            cell.add(Cell.OURS, sample).add(MEDIAN, median);
        }
        return cell.cell();
    }

    /** Of the medians of all results with the same ring. */
    private double medianOfRow(MicroResult of) {
        return Spread.of(
                        results.stream()
                                .filter(result -> result.benchmark().equals(of.benchmark()))
                                .filter(result -> ring(result).equals(ring(of)))
                                .map(result -> Spread.of(result.nanoseconds()).median())
                                .toList())
                .median();
    }

    private static String ring(MicroResult result) {
        return result.parameters().getOrDefault("ring", "");
    }

    /** The ring first, whatever the order of JMH, which is that of the alphabet. */
    private static Rounds at(Rounds cell, MicroResult result) {
        if (!ring(result).isEmpty()) {
            cell.at("ring", ring(result));
        }
        for (Map.Entry<String, String> parameter : result.parameters().entrySet()) {
            if (!parameter.getKey().equals("ring")) {
                cell.at(parameter.getKey(), parameter.getValue());
            }
        }
        return cell;
    }
}
