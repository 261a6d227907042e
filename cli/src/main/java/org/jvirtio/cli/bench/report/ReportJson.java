package org.jvirtio.cli.bench.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.UsageException;

/**
 * A report as JSON, and back. Ratios and verdicts are printed for other programs and ignored when
 * it is read: they follow from the samples.
 */
public final class ReportJson {

    private ReportJson() {}

    public static String of(BenchReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("benchmark", report.benchmark());
        tree.put("time", report.time().toString());
        tree.put("inputs", report.inputs());
        tree.put("cells", report.cells().stream().map(ReportJson::tree).toList());
        tree.put("notes", report.notes());
        tree.put("verdict", report.verdict());
        return JsonText.of(tree);
    }

    /**
     * Reads what {@link #of} wrote.
     *
     * @param source for messages: the file it came from
     */
    public static BenchReport parse(String source, String json) {
        try {
            Map<String, Object> tree = JSON.std.mapFrom(json);
            return new BenchReport(
                    text(tree, "benchmark"),
                    Instant.parse(text(tree, "time")),
                    texts(tree, "inputs"),
                    objects(tree, "cells").stream().map(ReportJson::cell).toList(),
                    list(tree, "notes").stream().map(Object::toString).toList());
        } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
            throw new UsageException(
                    "reading "
                            + source
                            + " as the result of a benchmark: "
                            + e.getMessage()
                            + ". Name a file that 'jvirtio bench ... -o json' printed or kept.");
        }
    }

    private static Map<String, Object> tree(Cell cell) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("table", cell.table());
        tree.put("parameters", cell.parameters());
        tree.put("figure", cell.figure().name());
        tree.put("unit", cell.figure().unit());
        tree.put("better", cell.figure().better().name().toLowerCase(Locale.ROOT));
        tree.put("samples", cell.samples());
        Map<String, Object> spreads = new LinkedHashMap<>();
        cell.samples().keySet().forEach(who -> spreads.put(who, spread(cell.spread(who))));
        tree.put("spread", spreads);
        Map<String, Object> ratios = new LinkedHashMap<>();
        cell.peers().forEach(peer -> ratios.put(peer, spread(cell.ratio(peer))));
        tree.put("ratios", ratios);
        tree.put("goals", cell.goals().stream().map(goal -> tree(cell, goal)).toList());
        return tree;
    }

    private static Map<String, Object> spread(Optional<Spread> spread) {
        return spread.map(Spread::tree).orElse(Map.of());
    }

    private static Map<String, Object> tree(Cell cell, Goal goal) {
        Map<String, Object> tree = new LinkedHashMap<>();
        goal.peer().ifPresent(peer -> tree.put("ratio to", peer));
        tree.put("bound", goal.bound());
        cell.met(goal).ifPresent(met -> tree.put("met", met));
        return tree;
    }

    private static Cell cell(Map<String, Object> tree) {
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        object(tree, "samples").forEach((who, values) -> samples.put(who, numbers(values)));
        return new Cell(
                text(tree, "table"),
                texts(tree, "parameters"),
                new Figure(
                        text(tree, "figure"),
                        text(tree, "unit"),
                        Better.valueOf(text(tree, "better").toUpperCase(Locale.ROOT))),
                samples,
                objects(tree, "goals").stream().map(ReportJson::goal).toList());
    }

    private static Goal goal(Map<String, Object> tree) {
        return new Goal(
                Optional.ofNullable(tree.get("ratio to")).map(Object::toString),
                number(tree.get("bound")));
    }

    private static String text(Map<String, Object> tree, String name) {
        return require(tree.get(name), String.class, name);
    }

    private static List<?> list(Map<String, Object> tree, String name) {
        return require(tree.get(name), List.class, name);
    }

    private static Map<String, Object> object(Map<String, Object> tree, String name) {
        return object(tree.get(name), name);
    }

    private static Map<String, Object> object(Object value, String name) {
        Map<String, Object> object = new LinkedHashMap<>();
        Map<?, ?> found = require(value, Map.class, name);
        found.forEach((key, inner) -> object.put(key.toString(), inner));
        return object;
    }

    private static List<Map<String, Object>> objects(Map<String, Object> tree, String name) {
        List<Map<String, Object>> objects = new ArrayList<>();
        list(tree, name).forEach(value -> objects.add(object(value, name)));
        return objects;
    }

    private static Map<String, String> texts(Map<String, Object> tree, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(tree, name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    private static List<Double> numbers(Object values) {
        List<Double> numbers = new ArrayList<>();
        List<?> found = require(values, List.class, "samples");
        found.forEach(value -> numbers.add(number(value)));
        return numbers;
    }

    private static double number(Object value) {
        return require(value, Number.class, "a number").doubleValue();
    }

    private static <T> T require(Object value, Class<T> type, String name) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is " + value + ", not a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
