package org.jvirtio.lab.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms a report can have. Each ends with a line feed. */
public enum ReportForm {
    /** For people. */
    TEXT,
    /** For programs: everything that is known. */
    JSON,
    /** For kernel testers: the Kernel Test Anything Protocol, version 1. */
    KTAP,
    /** For the CI servers: JUnit's XML. */
    JUNIT,
    /** For people, as one file that needs nothing else. */
    HTML;

    public String of(RunReport report) {
        return switch (this) {
            case TEXT -> TextForm.of(report);
            case JSON -> JsonForm.of(report);
            case KTAP -> KtapForm.of(report);
            case JUNIT -> JunitForm.of(report);
            case HTML -> HtmlForm.of(report);
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what people type.
     *
     * @throws IllegalArgumentException if there is no such form
     */
    public static ReportForm parse(String text) {
        return Arrays.stream(values())
                .filter(form -> form.label().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        String.format(
                                                "choosing the form of the result: there is no '%s'."
                                                        + " Use -o with one of %s, or with FORM=FILE.",
                                                text, labels())));
    }

    private static String labels() {
        return Arrays.stream(values()).map(ReportForm::label).collect(Collectors.joining(", "));
    }
}
