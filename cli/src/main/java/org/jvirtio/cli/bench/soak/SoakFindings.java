package org.jvirtio.cli.bench.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Spread;

/**
 * Whether a server's memory stayed flat: what it held in the first minutes beside what it held in
 * the last, each the median of one look a minute, so that a single odd minute decides nothing.
 *
 * @param samples one for each minute, at least two
 * @param failures why clients failed, one for each that did
 */
public record SoakFindings(
        List<ServerMemory> samples, long clients, long requests, List<String> failures) {

    /** Minutes at each end, if there are as many. */
    private static final int MOST_MINUTES = 10;

    private static final String TABLE = "server while clients come, read and go";

    /** What is looked at, and by how much it may have grown and still be called flat. */
    private enum Held {
        /** Compilers go on to compile for hours what is rarely called, such as a connection. */
        RESIDENT("resident memory", "KiB", 2048),
        /** Of profiles and caches of the JDK. */
        LIVE("live objects", "KiB", 256),
        DESCRIPTORS("open descriptors", "", 0);

        private final String words;
        private final String unit;
        private final double allowed;

        Held(String words, String unit, double allowed) {
            this.words = words;
            this.unit = unit;
            this.allowed = allowed;
        }

        private double of(ServerMemory sample) {
            return (double)
                    switch (this) {
                        case RESIDENT -> sample.residentKib();
                        case LIVE -> sample.liveKib();
                        case DESCRIPTORS -> sample.descriptors();
                    };
        }

        private String amount(double value) {
            return String.format(Locale.ROOT, "%,.0f %s", value, unit.isEmpty() ? words : unit);
        }
    }

    public SoakFindings {
        samples = List.copyOf(samples);
        failures = List.copyOf(failures);
        if (samples.size() < 2) {
            throw new IllegalArgumentException(
                    samples.size() + " minutes: growth takes at least two to be seen");
        }
    }

    /** True if nothing grew by more than it may, and every client got what it asked for. */
    public boolean isFlat() {
        boolean grew = false;
        for (Held held : Held.values()) {
            grew |= growth(held) > held.allowed;
        }
        return !grew && failures.isEmpty();
    }

    /** The first minutes, the last minutes, and the growth with its bound as a goal. */
    public List<Cell> cells() {
        int ends = minutesAtEachEnd();
        List<Cell> cells = new ArrayList<>();
        for (Held held : Held.values()) {
            cells.add(cell(held, "1 to " + ends, first(held), List.of()));
            String last = samples.size() - ends + 1 + " to " + samples.size();
            cells.add(cell(held, last, last(held), List.of()));
            cells.add(
                    cell(
                            held,
                            "growth of the median",
                            List.of(growth(held)),
                            List.of(Goal.ownFigure(held.allowed))));
        }
        return cells;
    }

    /** The verdict, and the rule it is judged by. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add(isFlat() ? "flat" : "NOT flat: " + String.join("; ", reasons()));
        notes.add(
                "called flat if the median of the last minutes is above that of the first by no"
                        + " more than the goal, and no client failed");
        notes.add(
                String.format(
                        Locale.ROOT,
                        "%,d clients made %,d requests in %d minutes; %d of them failed",
                        clients,
                        requests,
                        samples.size(),
                        failures.size()));
        return notes;
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (Held held : Held.values()) {
            if (growth(held) > held.allowed) {
                reasons.add(
                        held.words
                                + " grew by "
                                + held.amount(growth(held))
                                + ", and may by "
                                + held.amount(held.allowed));
            }
        }
        failures.stream().limit(1).forEach(first -> reasons.add("a client failed: " + first));
        return reasons;
    }

    private static Cell cell(Held held, String minutes, List<Double> values, List<Goal> goals) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("minutes", minutes);
        Figure figure = new Figure(held.words, held.unit, Better.LOWER);
        return new Cell(TABLE, row, figure, Map.of(Cell.OURS, values), goals);
    }

    private double growth(Held held) {
        return Spread.of(last(held)).median() - Spread.of(first(held)).median();
    }

    private List<Double> first(Held held) {
        return values(held, samples.subList(0, minutesAtEachEnd()));
    }

    private List<Double> last(Held held) {
        return values(held, samples.subList(samples.size() - minutesAtEachEnd(), samples.size()));
    }

    private static List<Double> values(Held held, List<ServerMemory> some) {
        return some.stream().map(held::of).toList();
    }

    private int minutesAtEachEnd() {
        return Math.min(MOST_MINUTES, samples.size() / 2);
    }
}
