package org.jvirtio.cli.bench.report;

import java.util.Optional;

/**
 * What has to be reached: by the median of the ratios to a peer, or by the median of our own
 * samples. Where higher is better {@code bound} is the least, otherwise the most.
 */
public record Goal(Optional<String> peer, double bound) {

    public static Goal ratioTo(String peer, double bound) {
        return new Goal(Optional.of(peer), bound);
    }

    public static Goal ownFigure(double bound) {
        return new Goal(Optional.empty(), bound);
    }
}
