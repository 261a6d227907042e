package org.jvirtio.cli.bench.report;

import java.util.Locale;

/** Numbers with as many digits as a measurement is worth: three, or all before the point. */
final class Amount {

    private Amount() {}

    static String of(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < 0.0001) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(Locale.ROOT, "%." + digitsAfterPoint(size) + "f", value);
    }

    private static int digitsAfterPoint(double size) {
        return size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
    }
}
