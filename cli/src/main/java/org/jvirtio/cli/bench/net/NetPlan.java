package org.jvirtio.cli.bench.net;

import java.util.ArrayList;
import java.util.List;

/**
 * What the guest is to measure, and how long.
 *
 * @param rounds how often everybody has a turn
 * @param seconds of one measurement, whole ones, because testpmd counts in those
 * @param warmUpSeconds in which ours runs unmeasured before the first round, for the JIT compilers
 */
public record NetPlan(List<NetCell> cells, int rounds, int seconds, int warmUpSeconds) {

    public NetPlan {
        cells = List.copyOf(cells);
        if (cells.isEmpty() || rounds < 1 || seconds < 1 || seconds > 60 || warmUpSeconds < 0) {
            throw new IllegalArgumentException(
                    String.format(
                            "measuring %d cells, %d rounds of %d s after %d s of warm-up: at least"
                                    + " one of each, and 60 s at most",
                            cells.size(), rounds, seconds, warmUpSeconds));
        }
    }

    /** Of cells by name, separated by commas; empty for all. */
    public static List<NetCell> cells(String names) {
        List<NetCell> cells = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            if (!name.isEmpty()) {
                cells.add(NetCell.parse(name));
            }
        }
        return cells.isEmpty() ? NetCell.all() : cells;
    }

    /** As arguments of {@link GuestNetBench}. */
    public List<String> arguments() {
        String names = String.join(",", cells.stream().map(NetCell::name).toList());
        return List.of(names, "" + rounds, "" + seconds, "" + warmUpSeconds);
    }

    static NetPlan of(List<String> arguments) {
        return new NetPlan(
                cells(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)));
    }
}
