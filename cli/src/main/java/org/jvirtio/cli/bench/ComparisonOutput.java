package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Comparison;
import org.jvirtio.cli.bench.report.Comparison.Change;
import org.jvirtio.cli.bench.report.Spread;

/** Prints what changed, for people or for programs. */
final class ComparisonOutput {

    private final Console console;
    private final boolean json;

    private ComparisonOutput(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    static ComparisonOutput parse(Console console, String form) {
        if (!form.equals("text") && !form.equals("json")) {
            throw new UsageException(
                    "choosing the form of the result: there is no '"
                            + form
                            + "'. Use -o text or -o json.");
        }
        return new ComparisonOutput(console, form.equals("json"));
    }

    void print(Comparison comparison) {
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("benchmark", comparison.after().benchmark());
            tree.put("before", comparison.before().time().toString());
            tree.put("after", comparison.after().time().toString());
            tree.put("changes", comparison.changes().stream().map(ComparisonOutput::tree).toList());
            console.out().println(JsonText.of(tree));
            return;
        }
        console.out()
                .println(
                        console.paint().bold(comparison.after().benchmark())
                                + ", "
                                + comparison.before().time()
                                + " to "
                                + comparison.after().time());
        comparison.changes().forEach(change -> console.out().println(line(change)));
    }

    /** {@code split ring: batch 32, buffers per second: +4.2 %; ratio to C 0.98 to 1.02}. */
    private static String line(Change change) {
        List<String> parts = new ArrayList<>();
        change.factor()
                .ifPresent(
                        factor ->
                                parts.add(
                                        String.format(
                                                Locale.ROOT, "%+.1f %%", 100 * (factor - 1))));
        for (String peer : change.after().peers()) {
            change.after()
                    .ratio(peer)
                    .flatMap(
                            is ->
                                    change.before()
                                            .ratio(peer)
                                            .map(
                                                    was ->
                                                            String.format(
                                                                    Locale.ROOT,
                                                                    "ratio to %s %.2f to %.2f",
                                                                    peer,
                                                                    was.median(),
                                                                    is.median())))
                    .ifPresent(parts::add);
        }
        return "  "
                + change.after().label()
                + ", "
                + change.after().figure().name()
                + ": "
                + (parts.isEmpty() ? "not measured both times" : String.join("; ", parts));
    }

    private static Map<String, Object> tree(Change change) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Cell after = change.after();
        tree.put("cell", after.label());
        tree.put("figure", after.figure().name());
        change.factor().ifPresent(factor -> tree.put("factor", factor));
        Map<String, Object> ratios = new LinkedHashMap<>();
        for (String peer : after.peers()) {
            Optional<Spread> was = change.before().ratio(peer);
            Optional<Spread> is = after.ratio(peer);
            if (was.isPresent() && is.isPresent()) {
                ratios.put(peer, List.of(was.get().median(), is.get().median()));
            }
        }
        tree.put("ratios", ratios);
        return tree;
    }
}
