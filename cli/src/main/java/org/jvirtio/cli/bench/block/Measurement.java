package org.jvirtio.cli.bench.block;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of what the guest says: a peer's figures at one cell in one round, or why there are
 * none.
 *
 * @param cell as {@link BlockCell#name}
 * @param failure empty if it went well
 */
public record Measurement(int round, String cell, Peer peer, Figures figures, String failure) {

    /**
     * What everybody is asked for.
     *
     * @param p50Micros half of all requests were done within this time
     * @param cpuPercent of one processor, in the guest, by the peer
     * @param errors requests that did not end well
     */
    public record Figures(
            double opsPerSecond,
            double megabytesPerSecond,
            double p50Micros,
            double p99Micros,
            double cpuPercent,
            double errors) {

        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0);

        /** Reads an object with these names; others in it are left alone. */
        static Figures of(Map<String, Object> tree) {
            return new Figures(
                    number(tree, "opsPerSecond"),
                    number(tree, "megabytesPerSecond"),
                    number(tree, "p50Micros"),
                    number(tree, "p99Micros"),
                    number(tree, "cpuPercent"),
                    number(tree, "errors"));
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("opsPerSecond", opsPerSecond);
            tree.put("megabytesPerSecond", megabytesPerSecond);
            tree.put("p50Micros", p50Micros);
            tree.put("p99Micros", p99Micros);
            tree.put("cpuPercent", cpuPercent);
            tree.put("errors", errors);
            return tree;
        }

        private static double number(Map<String, Object> tree, String name) {
            if (tree.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
                return number.doubleValue();
            }
            throw new IllegalArgumentException(
                    "reading a measurement: its " + name + " is " + tree.get(name));
        }
    }

    static Measurement failed(int round, String cell, Peer peer, String failure) {
        return new Measurement(round, cell, peer, Figures.NONE, failure);
    }

    String line() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("round", round);
        tree.put("cell", cell);
        tree.put("peer", peer.word());
        tree.put("failure", failure);
        tree.putAll(figures.tree());
        try {
            return JSON.std.asString(tree);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("printing a measurement", e);
        }
    }

    /** Empty if the line is something else. */
    public static Optional<Measurement> parse(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            Map<String, Object> tree = JSON.std.mapFrom(line);
            return Optional.of(
                    new Measurement(
                            ((Number) tree.get("round")).intValue(),
                            (String) tree.get("cell"),
                            Peer.of((String) tree.get("peer")),
                            Figures.of(tree),
                            (String) tree.get("failure")));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
