package org.jvirtio.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.Comparison;
import org.jvirtio.cli.bench.report.KeptReports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what changed between two results of the same benchmark on the same ground. */
@Command(
        name = "compare",
        description = "Say what changed between two kept results; refuse if their inputs differ.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CompareBench implements Callable<Integer> {

    @Parameters(
            arity = "0..2",
            paramLabel = "FILE",
            description = "two results, the older first (default: the newest two that were kept)")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--of",
            paramLabel = "NAME",
            description = "the newest two of this benchmark (default: of the last one run)")
    private String benchmark = "";

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    CompareBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ComparisonOutput output = ComparisonOutput.parse(console, form);
        List<Path> chosen = chosen();
        Comparison comparison =
                new Comparison(KeptReports.read(chosen.get(0)), KeptReports.read(chosen.get(1)));
        List<String> differences = comparison.differences();
        if (!differences.isEmpty()) {
            console.progress(
                    "comparing "
                            + chosen.get(0)
                            + " with "
                            + chosen.get(1)
                            + ": they measured different things:");
            differences.forEach(difference -> console.err().println("  " + difference));
            console.progress("Measure both again under the same conditions.");
            return ExitCode.FAILED;
        }
        if (comparison.changes().isEmpty()) {
            console.progress(
                    "comparing "
                            + chosen.get(0)
                            + " with "
                            + chosen.get(1)
                            + ": they have none of the same cells. Measure the same selection both"
                            + " times.");
            return ExitCode.FAILED;
        }
        output.print(comparison);
        return ExitCode.DONE;
    }

    private List<Path> chosen() {
        if (files.size() == 2) {
            return files;
        }
        if (files.size() == 1) {
            throw new UsageException(
                    "comparing two results: only "
                            + files.get(0)
                            + " was given. Give two files, or none for the newest two.");
        }
        KeptReports kept = KeptReports.ofUser();
        String name = benchmark;
        if (name.isEmpty() && !kept.newest("").isEmpty()) {
            name = KeptReports.benchmarkOf(kept.newest("").get(0));
        }
        List<Path> newest = kept.newest(name);
        if (newest.size() < 2) {
            throw new UsageException(
                    String.format(
                            Locale.ROOT,
                            "comparing the newest two results%s: %d kept. Run the benchmark twice,"
                                    + " or name two files.",
                            name.isEmpty() ? "" : " of " + name,
                            newest.size()));
        }
        return List.of(newest.get(1), newest.get(0));
    }
}
