package org.jvirtio.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.report.ReportForm;
import org.jvirtio.lab.report.RunReport;
import picocli.CommandLine.Option;

/** The option {@code -o} of the lab's commands, and what it does with a report. A mixin. */
public final class LabOutput {

    @Option(
            names = "-o",
            paramLabel = "FORM[=FILE]",
            description =
                    "text, json, ktap, junit or html, on standard output or in FILE; repeat (default:"
                            + " text)")
    private List<String> forms = new ArrayList<>();

    /** One -o. */
    private record Wanted(ReportForm form, Optional<Path> file) {

        static Wanted parse(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new Wanted(ReportForm.parse(text), Optional.empty())
                    : new Wanted(
                            ReportForm.parse(text.substring(0, equals)),
                            Optional.of(Path.of(text.substring(equals + 1))));
        }
    }

    /** Complains of mistyped forms; called before anything takes time. */
    void check() {
        long printed = wanted().stream().filter(some -> some.file().isEmpty()).count();
        if (printed > 1) {
            throw new UsageException(
                    "choosing the form of the result: "
                            + forms
                            + " are "
                            + printed
                            + " for standard output. Send all but one to a file: -o FORM=FILE.");
        }
    }

    /**
     * Prints the report in every form asked for; as text where none is printed otherwise.
     *
     * @throws EnvironmentException if a file could not be written, once all else is
     */
    void print(Console console, RunReport report) {
        ReportForm printed =
                wanted().stream()
                        .filter(some -> some.file().isEmpty())
                        .map(Wanted::form)
                        .findFirst()
                        .orElse(ReportForm.TEXT);
        console.out().print(printed.of(report));
        List<EnvironmentException> lost = new ArrayList<>();
        for (Wanted some : wanted()) {
            some.file()
                    .flatMap(file -> write(console, file, some.form().of(report)))
                    .ifPresent(lost::add);
        }
        if (!lost.isEmpty()) {
            throw lost.get(0);
        }
    }

    private List<Wanted> wanted() {
        try {
            return forms.stream().map(Wanted::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Why it could not be written; empty if it was. */
    private static Optional<EnvironmentException> write(Console console, Path file, String text) {
        try {
            Files.writeString(file, text);
            console.progress("wrote " + file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    new EnvironmentException(
                            "writing the report "
                                    + file
                                    + ": "
                                    + e
                                    + ". Name a place you may write to.",
                            e));
        }
    }
}
