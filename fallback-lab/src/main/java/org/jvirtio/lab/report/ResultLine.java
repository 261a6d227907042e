package org.jvirtio.lab.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.lab.CaseResult;

/**
 * A result as one line of JSON, which is how a guest tells it.
 *
 * @param millis it took
 */
public record ResultLine(long millis, CaseResult result) {

    public ResultLine {
        if (result == null || result.id() == null || result.outcome() == null) {
            throw new IllegalArgumentException("a line without a whole result");
        }
    }

    /** What travels; {@link #parse} reads it. */
    public String text() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", result.id());
        tree.put("outcome", result.outcome().name());
        tree.put("expected", result.expected());
        tree.put("seen", result.seen());
        tree.put("reproduce", result.reproduce());
        tree.put("trace", result.trace());
        try {
            return JSON.std.asString(Map.of("millis", millis, "result", tree));
        } catch (IOException e) {
            throw new IllegalStateException("printing the result of " + result.id(), e);
        }
    }

    /** Empty if {@code line} is no result: whatever else a guest prints. */
    public static Optional<ResultLine> parse(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.std.beanFrom(ResultLine.class, line));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // A record that checks itself may refuse what was read.
        }
    }
}
