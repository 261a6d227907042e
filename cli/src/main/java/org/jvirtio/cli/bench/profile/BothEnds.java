package org.jvirtio.cli.bench.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;

/**
 * Where the time of a client, which is this process, and of its server goes.
 *
 * @param client samples of the thread that made the requests
 * @param clientThreads processor time of each thread here, in nanoseconds
 * @param serverThreads the same of the server
 * @param requests that were made meanwhile
 */
public record BothEnds(
        Samples client,
        Map<String, Long> clientThreads,
        Map<String, Long> serverThreads,
        long requests) {

    /** Of a request; below that a thread is not worth a row. */
    private static final double LEAST_NANOS = 1;

    /**
     * Watches both while this thread makes requests.
     *
     * @param work makes them, and gives their number
     */
    public static BothEnds during(long server, LongSupplier work) {
        long self = ProcessHandle.current().pid();
        ThreadTimes clientBefore = ThreadTimes.of(self);
        ThreadTimes serverBefore = ThreadTimes.of(server);
        long[] requests = new long[1];
        Samples samples =
                Samples.during(
                        () -> {
                            requests[0] = work.getAsLong();
                        });
        return new BothEnds(
                samples,
                ThreadTimes.of(self).since(clientBefore),
                ThreadTimes.of(server).since(serverBefore),
                requests[0]);
    }

    /** A table of the samples, and one of the threads; {@code row} tells them from others. */
    public List<Cell> cells(Map<String, String> row) {
        List<Cell> cells = new ArrayList<>();
        for (Role role : Role.values()) {
            cells.add(
                    cell(
                            "client's thread, by " + client.total() + " samples",
                            row,
                            Map.of("what it does", role.words()),
                            new Figure("share", "%", Better.LOWER),
                            client.percent(role)));
        }
        cells.addAll(threads("client", clientThreads, row));
        cells.addAll(threads("server", serverThreads, row));
        return cells;
    }

    private List<Cell> threads(String end, Map<String, Long> nanos, Map<String, String> row) {
        List<Cell> cells = new ArrayList<>();
        nanos.forEach(
                (thread, used) -> {
                    double each = (double) used / Math.max(1, requests);
                    if (each >= LEAST_NANOS) {
                        cells.add(
                                cell(
                                        "threads",
                                        row,
                                        Map.of(end + "'s thread", thread),
                                        new Figure("processor time for a read", "ns", Better.LOWER),
                                        each));
                    }
                });
        return cells;
    }

    private static Cell cell(
            String table,
            Map<String, String> row,
            Map<String, String> more,
            Figure figure,
            double value) {
        Map<String, String> parameters = new LinkedHashMap<>(row);
        parameters.putAll(more);
        return new Cell(table, parameters, figure, Map.of(Cell.OURS, List.of(value)), List.of());
    }
}
