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

    /** Prints the report in every form asked for; as text where none is printed otherwise. */
    void print(Console console, RunReport report) {
        for (Wanted some : wanted()) {
            String text = some.form().of(report);
            if (some.file().isPresent()) {
                write(some.file().get(), text);
                console.progress("wrote " + some.file().get());
            } else {
                console.out().print(text);
            }
        }
        if (wanted().stream().allMatch(some -> some.file().isPresent())) {
            console.out().print(ReportForm.TEXT.of(report));
        }
    }

    private List<Wanted> wanted() {
        try {
            return forms.stream().map(Wanted::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "writing the report " + file + ": " + e + ". Name a place you may write to.",
                    e);
        }
    }
}
