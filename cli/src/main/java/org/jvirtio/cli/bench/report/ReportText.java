package org.jvirtio.cli.bench.report;

import java.io.PrintStream;
import java.util.List;
import org.jvirtio.cli.Paint;

/** A report for people at a terminal. */
final class ReportText {

    private final PrintStream out;
    private final Paint paint;

    ReportText(PrintStream out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    void print(BenchReport report) {
        out.println(paint.bold(report.benchmark()) + ", " + report.time());
        int width = report.inputs().keySet().stream().mapToInt(String::length).max().orElse(0);
        report.inputs().forEach((name, value) -> out.println("  " + pad(name, width) + value));
        report.tables()
                .forEach(
                        (heading, cells) -> {
                            out.println();
                            out.println(paint.bold(heading) + " - median (least to most)");
                            print(ReportTable.of(cells));
                        });
        out.println();
        report.notes().forEach(note -> out.println("note: " + note));
        out.println(report.verdict());
    }

    void print(ReportTable table) {
        int[] widths = new int[table.heading().size()];
        widen(widths, table.heading());
        table.rows().forEach(row -> widen(widths, row));
        out.println(line(widths, table.heading()));
        for (int i = 0; i < table.rows().size(); i++) {
            String line = line(widths, table.rows().get(i));
            out.println(table.missed().get(i) ? paint.red(line) : line);
        }
    }

    private static void widen(int[] widths, List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
        }
    }

    private static String line(int[] widths, List<String> row) {
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < widths.length; i++) {
            line.append(pad(row.get(i), widths[i]));
        }
        return line.toString().stripTrailing();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }
}
