package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.lab.trace.TraceComparison;
import org.jvirtio.lab.trace.TraceComparison.Difference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where two traces differ. */
@Command(
        name = "compare",
        description =
                "Say where two traces first differ, and what differs in all; times do not count."
                        + " Exit status 1 if they differ.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CompareTraces implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", description = "a trace; - is standard input")
    private String left;

    @Parameters(index = "1", paramLabel = "B", description = "another")
    private String right;

    @Option(
            names = "--ignore",
            paramLabel = "REGISTER",
            description = "its values may differ, such as QUEUE_DESC; repeat")
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = "--ignore-polls",
            description = "a read that repeats the one before, with the same value, does not count")
    private boolean ignorePolls;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    CompareTraces(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        TraceComparison comparison =
                TraceComparison.of(
                        TraceFiles.read(left),
                        TraceFiles.read(right),
                        new HashSet<>(ignored),
                        !ignorePolls);
        if (output == Output.JSON) {
            console.out().println(JsonText.of(tree(comparison)));
        } else {
            text(comparison).forEach(console.out()::println);
        }
        return comparison.first().isPresent() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private List<String> text(TraceComparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("A  " + left + ", " + comparison.left() + " accesses");
        lines.add("B  " + right + ", " + comparison.right() + " accesses");
        if (comparison.first().isEmpty()) {
            lines.add("no difference");
            return lines;
        }
        Difference first = comparison.first().get();
        lines.add("first difference at access " + first.access() + ":");
        lines.add("A  " + orEnd(first.left()));
        lines.add("B  " + orEnd(first.right()));
        comparison.summary().forEach(line -> lines.add("   " + line));
        return lines;
    }

    private static String orEnd(String line) {
        return line.isEmpty() ? "the trace ends" : line;
    }

    private static Map<String, Object> tree(TraceComparison comparison) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("equal", comparison.first().isEmpty());
        tree.put("accessesA", comparison.left());
        tree.put("accessesB", comparison.right());
        comparison
                .first()
                .ifPresent(
                        first -> {
                            tree.put("access", first.access());
                            tree.put("a", first.left());
                            tree.put("b", first.right());
                        });
        tree.put("summary", comparison.summary());
        return tree;
    }
}
