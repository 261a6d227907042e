package org.jvirtio.cli.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the samples of one cell while it is measured, in turn or one peer after the other. */
public final class Rounds {

    private final String table;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Figure figure;
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();

    public Rounds(String table, Figure figure) {
        this.table = table;
        this.figure = figure;
    }

    /** Adds what tells this cell from the others of its table. */
    public Rounds at(String parameter, Object value) {
        parameters.put(parameter, value.toString());
        return this;
    }

    public Rounds goal(Goal goal) {
        goals.add(goal);
        return this;
    }

    /** Adds one sample: of {@link Cell#OURS}, or of a peer. */
    public Rounds add(String who, double sample) {
        samples.computeIfAbsent(who, name -> new ArrayList<>()).add(sample);
        return this;
    }

    public Cell cell() {
        return new Cell(table, parameters, figure, samples, goals);
    }
}
