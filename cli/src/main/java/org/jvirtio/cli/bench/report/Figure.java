package org.jvirtio.cli.bench.report;

/**
 * What is measured.
 *
 * @param name {@code buffers per second}
 * @param unit of the samples, as printed behind them: {@code M/s}, {@code ns}, or empty
 */
public record Figure(String name, String unit, Better better) {

    /** {@code buffers per second, M/s}. */
    String heading() {
        return unit.isEmpty() ? name : name + ", " + unit;
    }
}
