package org.jvirtio.cli.bench.doorbell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of what the guest found.
 *
 * @param kind whether it is a figure of a ring, of a round trip, or a sentence
 * @param subject the {@link DoorbellWay} or {@link RoundTripWay} by name; or the sentence
 * @param nanos of a ring: what one cost; of a round trip: its percentiles in {@link #PERCENTILES}
 */
public record Finding(Kind kind, String subject, List<Double> nanos) {

    /** The kinds of line. */
    public enum Kind {
        RING,
        ROUND_TRIP,
        NOTE
    }

    /** Of all requests of one sample, the per cent that were not slower. */
    public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99);

    private static final String MARK = "found";

    static Finding note(String sentence) {
        return new Finding(Kind.NOTE, sentence, List.of());
    }

    String line() {
        StringBuilder line = new StringBuilder(MARK);
        line.append('\t').append(kind).append('\t').append(subject.replaceAll("\\s+", " "));
        nanos.forEach(figure -> line.append('\t').append(figure));
        return line.toString();
    }

    /** Empty if the line is something else. */
    public static Optional<Finding> parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length < 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        List<Double> nanos = Arrays.stream(parts).skip(3).map(Double::valueOf).toList();
        return Optional.of(new Finding(Kind.valueOf(parts[1]), parts[2], nanos));
    }
}
