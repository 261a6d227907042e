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
    private static final Figure ONE_CHOICE = new Figure("time of one choice", "ns", LOWER);
    private static final Figure ARITHMETIC = new Figure("time of one test", "ns", LOWER);
    private static final Figure BYTES = new Figure("allocated for one operation", "B", LOWER);

    /** JMH itself allocates a little for each iteration, spread over its operations. */
    private static final double NOTHING = 0.05;

    /** The cost is flat if it is at most this much above the median of its row. */
    private static final double FLAT = 1.25;

    /** What may come of one choice for each function of a machine, unnoticed. */
    private static final double CHOICE_NANOS = 20_000;

    private static final String CHOICE = "Choice.choose";

    private static final String MEDIAN = "median of the row";

    private static final String CACHES =
            "what a request costs more on a large ring is cache: it comes back to a descriptor only"
                    + " after all others, and 32768 of them are 512 KiB, beside 256 KiB of used and"
                    + " 64 KiB of available ring if it is split, and what the driver remembers";

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
            cells.add(allocation(result));
        }
        return cells;
    }

    List<String> notes() {
        return List.of(CACHES, "below " + NOTHING + " B is JMH's own, spread over all operations");
    }

    /** A choice is a value with all of its evidence; everything else is done without any. */
    private static Cell allocation(MicroResult result) {
        Rounds cell =
                at(new Rounds("allocation", BYTES).at("operation", result.benchmark()), result)
                        .add(Cell.OURS, result.bytes());
        return result.benchmark().equals(CHOICE)
                ? cell.cell()
                : cell.goal(Goal.ownFigure(NOTHING)).cell();
    }

    private Cell time(MicroResult result) {
        return switch (result.benchmark()) {
            case CHOICE -> choice(result);
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

    private static Cell choice(MicroResult result) {
        Rounds cell =
                at(new Rounds("layout choice from 256 configuration bytes", ONE_CHOICE), result)
                        .goal(Goal.ownFigure(CHOICE_NANOS));
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
