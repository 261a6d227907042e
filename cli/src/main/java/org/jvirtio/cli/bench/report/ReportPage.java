package org.jvirtio.cli.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A report as one file of HTML that needs no network and no script: every table with a plot above
 * it. It is well-formed XML, so that a test can parse it.
 */
final class ReportPage {

    private final StringBuilder page = new StringBuilder();

    private ReportPage() {}

    static String of(BenchReport report) {
        ReportPage page = new ReportPage();
        page.write(report);
        return page.page.toString();
    }

    private void write(BenchReport report) {
        String title = "jvirtio bench " + report.benchmark();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.append("<meta name=\"viewport\" content=\"width=device-width\"/>");
        element("title", title);
        page.append("<style>\n").append(style()).append("</style></head><body>\n");
        element("h1", title);
        element("p", report.time() + ": " + report.verdict());
        report.notes().forEach(note -> element("p", "Note: " + note));
        report.tables().forEach(this::section);
        element("h2", "What was measured, and on what");
        page.append("<table>\n");
        report.inputs()
                .forEach(
                        (name, value) -> {
                            page.append("<tr>");
                            element("th", name);
                            element("td", value);
                            page.append("</tr>\n");
                        });
        page.append("</table>\n</body></html>\n");
    }

    private void section(String heading, List<Cell> cells) {
        element("h2", heading);
        boolean higher = cells.get(0).figure().better() == Better.HIGHER;
        element(
                "p",
                (higher ? "Higher" : "Lower")
                        + " is better. Lines reach from the least to the most, dots are medians.");
        page.append(Plot.of(heading, cells));
        ReportTable table = ReportTable.of(cells);
        page.append("<table>\n");
        row("th", "", table.heading());
        for (int i = 0; i < table.rows().size(); i++) {
            row("td", table.missed().get(i) ? " class=\"missed\"" : "", table.rows().get(i));
        }
        page.append("</table>\n");
    }

    private void row(String tag, String attribute, List<String> words) {
        page.append("<tr").append(attribute).append('>');
        words.forEach(word -> element(tag, word));
        page.append("</tr>\n");
    }

    private void element(String tag, String words) {
        page.append('<').append(tag).append('>').append(Html.escaped(words));
        page.append("</").append(tag).append(">");
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException("reading report.css from the cli jar", cause);
        }
    }
}
