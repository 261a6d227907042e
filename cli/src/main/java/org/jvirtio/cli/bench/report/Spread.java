package org.jvirtio.cli.bench.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several measurements of one thing: their median, and how far they lie apart. */
public record Spread(double min, double median, double max) {

    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    public static Spread of(List<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("min", min);
        tree.put("median", median);
        tree.put("max", max);
        return tree;
    }

    /** {@code 4.12 (3.98 to 4.40)}; a single measurement is printed alone. */
    @Override
    public String toString() {
        return min == max
                ? Amount.of(median)
                : Amount.of(median) + " (" + Amount.of(min) + " to " + Amount.of(max) + ")";
    }
}
