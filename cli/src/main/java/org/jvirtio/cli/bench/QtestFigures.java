package org.jvirtio.cli.bench;

import static org.jvirtio.cli.bench.report.Better.LOWER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Rounds;

/** What {@code bench qtest} measured: a sample of each figure for each round. */
final class QtestFigures {

    private static final Figure TIME = new Figure("time", "ms", LOWER);
    private static final Figure MEDIAN = new Figure("p50 latency", "us", LOWER);
    private static final Figure TAIL = new Figure("p99 latency", "us", LOWER);

    /** From a QEMU that is up to a disk that runs. */
    private static final Goal READY = Goal.ownFigure(300);

    private static final Goal READ = Goal.ownFigure(5000);

    private final Map<String, Rounds> rounds = new LinkedHashMap<>();

    /** QEMU answers; all times are nanoseconds. */
    void started(long nanos) {
        rounds.computeIfAbsent("up", key -> start("QEMU start", "it answers"))
                .add(Cell.OURS, nanos / 1e6);
    }

    /** Every function is found, and every BAR has an address. */
    void enumerated(long nanos) {
        rounds.computeIfAbsent("bus", key -> start("QEMU up", "functions with addresses"))
                .add(Cell.OURS, nanos / 1e6);
    }

    /** A disk runs. */
    void ready(QtestDisk disk, long nanos) {
        String to = "DRIVER_OK, " + disk.label();
        rounds.computeIfAbsent(to, key -> start("QEMU up", to).goal(READY))
                .add(Cell.OURS, nanos / 1e6);
    }

    /** Single reads of 4 KiB. */
    void read(QtestDisk disk, String waiting, Histogram times) {
        percentile(MEDIAN, 50, disk, waiting, times);
        percentile(TAIL, 99, disk, waiting, times);
    }

    private static Rounds start(String from, String to) {
        return new Rounds("start over qtest", TIME).at("from", from).at("to", to);
    }

    private void percentile(
            Figure figure, double percent, QtestDisk disk, String waiting, Histogram times) {
        rounds.computeIfAbsent(
                        figure.name() + disk + waiting,
                        key ->
                                new Rounds("one read of 4 KiB over qtest", figure)
                                        .at("disk", disk.label())
                                        .at("waiting", waiting)
                                        .goal(READ))
                .add(Cell.OURS, times.getValueAtPercentile(percent) / 1e3);
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        rounds.values().forEach(some -> cells.add(some.cell()));
        return cells;
    }
}
