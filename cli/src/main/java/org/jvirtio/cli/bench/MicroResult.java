package org.jvirtio.cli.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceBrokenException;

/**
 * What JMH found for one configuration.
 *
 * @param benchmark {@code Requests.requests}
 * @param nanoseconds for one operation, one number for each iteration
 * @param bytes allocated for one operation, on average
 */
record MicroResult(
        String benchmark, Map<String, String> parameters, List<Double> nanoseconds, double bytes) {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Reads JMH's JSON, a list of results in alphabetical order of their names. */
    static List<MicroResult> parse(String json) {
        try {
            List<MicroResult> results = new ArrayList<>();
            for (Object result : JSON.std.listFrom(json)) {
                results.add(result((Map<?, ?>) result));
            }
            return results;
        } catch (IOException | ClassCastException | NullPointerException e) {
            throw new DeviceBrokenException(
                    "reading what JMH found: " + e + ". Its form has changed; report it.");
        }
    }

    private static MicroResult result(Map<?, ?> tree) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (tree.get("params") instanceof Map<?, ?> params) {
            params.forEach((name, value) -> parameters.put(name.toString(), value.toString()));
        }
        Map<?, ?> time = (Map<?, ?>) tree.get("primaryMetric");
        List<Double> samples = new ArrayList<>();
        for (Object fork : (List<?>) time.get("rawData")) {
            ((List<?>) fork).forEach(sample -> samples.add(((Number) sample).doubleValue()));
        }
        Map<?, ?> more = (Map<?, ?>) tree.get("secondaryMetrics");
        Map<?, ?> allocated = (Map<?, ?>) more.get(ALLOCATED);
        return new MicroResult(
                shortName((String) tree.get("benchmark")),
                parameters,
                samples,
                ((Number) allocated.get("score")).doubleValue());
    }

    /** {@code Requests.requests} of {@code org.jvirtio.benchmarks.Requests.requests}. */
    private static String shortName(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }
}
