package org.jvirtio.cli.bench.report;

/** Which way a figure is to go. */
public enum Better {
    HIGHER,
    LOWER;

    /** True if {@code value} is at least as good as {@code bound}. */
    boolean reaches(double value, double bound) {
        return this == HIGHER ? value >= bound : value <= bound;
    }
}
