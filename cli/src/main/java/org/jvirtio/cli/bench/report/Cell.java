package org.jvirtio.cli.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of one table: the samples of a figure that ours and its peers gave, round by round.
 *
 * @param table which table it is a row of: {@code split ring, two threads}
 * @param parameters what tells it from the other rows, in reading order: batch to 32
 * @param samples of each who was measured, one sample for each round, in the order of the rounds;
 *     ours is called {@link #OURS}. A peer that is missing is not in here
 */
public record Cell(
        String table,
        Map<String, String> parameters,
        Figure figure,
        Map<String, List<Double>> samples,
        List<Goal> goals) {

    /** The name under which our own samples are. */
    public static final String OURS = "jvirtio";

    public Cell {
        parameters = inOrder(parameters);
        Map<String, List<Double>> copies = new LinkedHashMap<>();
        samples.forEach((name, values) -> copies.put(name, List.copyOf(values)));
        samples = inOrder(copies);
        goals = List.copyOf(goals);
        if (samples.values().stream().map(List::size).distinct().count() != 1
                || samples.values().iterator().next().isEmpty()) {
            throw new IllegalArgumentException(
                    "a cell of "
                            + table
                            + " "
                            + parameters
                            + " with samples "
                            + samples
                            + ": everybody is measured once in each round, at least one");
        }
    }

    /** How the samples of ours or of a peer lie; empty if there are none. */
    public Optional<Spread> spread(String name) {
        return Optional.ofNullable(samples.get(name)).map(Spread::of);
    }

    /** All that ours is compared with. */
    public List<String> peers() {
        return samples.keySet().stream().filter(name -> !name.equals(OURS)).toList();
    }

    /** Ours divided by the peer's, round by round; empty if either is missing. */
    public Optional<Spread> ratio(String peer) {
        List<Double> ours = samples.get(OURS);
        List<Double> theirs = samples.get(peer);
        if (ours == null || theirs == null) {
            return Optional.empty();
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            ratios.add(ours.get(round) / theirs.get(round));
        }
        return Optional.of(Spread.of(ratios));
    }

    /** Whether a goal was met; empty if its peer is missing, or ours. */
    public Optional<Boolean> met(Goal goal) {
        return goal.peer()
                .map(this::ratio)
                .orElseGet(() -> spread(OURS))
                .map(found -> figure.better().reaches(found.median(), goal.bound()));
    }

    /** {@code split ring, two threads: batch 32}, for messages and to find it in another report. */
    public String label() {
        StringBuilder label = new StringBuilder(table);
        String between = ": ";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            label.append(between).append(parameter.getKey() + " " + parameter.getValue());
            between = ", ";
        }
        return label.toString();
    }

    static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
