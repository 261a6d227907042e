package org.jvirtio.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints rows of a run for people: a paragraph for each as it comes, then one table of all. */
final class RunText {

    private static final int LABEL = 12;

    private final PrintStream out;
    private final Paint paint;

    RunText(PrintStream out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    void paragraph(DeviceReport row) {
        out.println(paint.bold(row.function()) + "  " + row.device() + ", policy " + row.policy());
        field("choice", row.choice());
        field("offered", wrap(row.offered()));
        field("accepted", wrap(row.accepted()));
        if (!row.ring().isEmpty()) {
            field("ring", List.of(row.ring()));
        }
        if (!row.interrupts().isEmpty()) {
            field("interrupts", prepend(spoken(row.interrupts()), row.interruptSteps()));
        }
        field("decided", row.decisions());
        List<String> facts = new ArrayList<>();
        row.facts().forEach((name, value) -> facts.add(name + " " + value));
        field("measured", facts);
        for (Check check : row.checks()) {
            field(check.ok() ? "verified" : "FAILED", List.of(check.what() + ": " + check.seen()));
        }
        if (!row.failure().isEmpty()) {
            field("failed", List.of(row.failure()));
        }
        out.println();
    }

    void table(List<DeviceReport> rows) {
        List<String[]> cells = new ArrayList<>();
        cells.add(
                new String[] {
                    "function", "device", "policy", "layout", "ring", "interrupts", "verified"
                });
        for (DeviceReport row : rows) {
            long held = row.checks().stream().filter(Check::ok).count();
            cells.add(
                    new String[] {
                        row.function(),
                        row.device(),
                        row.policy(),
                        row.layout(),
                        row.ring(),
                        spoken(row.interrupts()),
                        (row.verified() ? "yes, " : "NO, ")
                                + held
                                + " of "
                                + row.checks().size()
                                + " checks"
                    });
        }
        int[] widths = new int[cells.get(0).length];
        cells.forEach(row -> widen(widths, row));
        for (int i = 0; i < cells.size(); i++) {
            String line = line(widths, cells.get(i));
            boolean good = i == 0 || rows.get(i - 1).verified();
            out.println(i == 0 ? paint.bold(line) : good ? line : paint.red(line));
        }
    }

    private static void widen(int[] widths, String[] row) {
        for (int i = 0; i < row.length; i++) {
            widths[i] = Math.max(widths[i], row[i].length());
        }
    }

    private static String line(int[] widths, String[] row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private void field(String label, List<String> lines) {
        String lead = label;
        for (String line : lines) {
            String padded = lead + " ".repeat(Math.max(1, LABEL - lead.length()));
            out.println("  " + (label.startsWith("FAIL") ? paint.red(padded) : padded) + line);
            lead = "";
        }
    }

    private static String spoken(String mode) {
        return mode.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<String> prepend(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    /** Joins words into lines that leave room for the label within 100 columns. */
    private static List<String> wrap(List<String> words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0 && line.length() + 1 + word.length() > 100 - LABEL - 2) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
