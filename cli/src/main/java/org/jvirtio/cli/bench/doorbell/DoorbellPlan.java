package org.jvirtio.cli.bench.doorbell;

import java.util.List;

/**
 * How much is measured. Travels to the guest as its program's arguments.
 *
 * @param rounds in each of which every way has a turn
 * @param rings of one sample
 * @param requests of one sample, each timed by itself
 * @param warmUpSeconds of each way, before the first round
 */
public record DoorbellPlan(int rounds, int rings, int requests, double warmUpSeconds) {

    public DoorbellPlan {
        if (rounds < 1 || rings < 1 || requests < 1 || !(warmUpSeconds >= 0)) {
            throw new IllegalArgumentException(
                    String.format(
                            "measuring %d rounds of %d rings and %d requests after %s s of"
                                    + " warm-up: at least one of each, and no negative time",
                            rounds, rings, requests, warmUpSeconds));
        }
    }

    static DoorbellPlan of(List<String> arguments) {
        return new DoorbellPlan(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Double.parseDouble(arguments.get(3)));
    }

    public List<String> arguments() {
        return List.of("" + rounds, "" + rings, "" + requests, "" + warmUpSeconds);
    }
}
