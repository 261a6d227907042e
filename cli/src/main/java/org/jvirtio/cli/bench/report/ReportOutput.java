package org.jvirtio.cli.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.UsageException;
import picocli.CommandLine.Option;

/** The option {@code -o} of every benchmark, and what it does with the report. A mixin. */
public final class ReportOutput {

    private static final String HTML = "html=";

    @Option(
            names = "-o",
            paramLabel = "FORM",
            description = "text, json, or html=FILE for text and a page with plots")
    private String form = "text";

    /** Complains of a mistyped form; called before anything takes time. */
    public void check() {
        if (!form.equals("text") && !form.equals("json") && page().isEmpty()) {
            throw new UsageException(
                    "choosing the form of the result: there is no '"
                            + form
                            + "'. Use -o text or -o json or -o html=FILE.");
        }
    }

    /** Prints the report, and keeps it for later comparisons: printed, it is not lost with them. */
    public void finish(Console console, BenchReport report) {
        finish(console, report, KeptReports.ofUser());
    }

    void finish(Console console, BenchReport report, KeptReports reports) {
        print(console, report);
        Path kept = reports.keep(report);
        console.progress("kept as " + kept + "; 'jvirtio bench compare' tells what changed");
    }

    void print(Console console, BenchReport report) {
        if (form.equals("json")) {
            console.out().println(ReportJson.of(report));
            return;
        }
        new ReportText(console.out(), console.paint()).print(report);
        page().ifPresent(
                        file -> {
                            write(file, ReportPage.of(report));
                            console.progress("wrote " + file);
                        });
    }

    private Optional<Path> page() {
        return form.startsWith(HTML) && form.length() > HTML.length()
                ? Optional.of(Path.of(form.substring(HTML.length())))
                : Optional.empty();
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "writing the page " + file + ": " + e + ". Name a place you may write to.", e);
        }
    }
}
