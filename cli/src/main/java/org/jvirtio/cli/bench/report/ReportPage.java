package org.jvirtio.cli.bench.report;

import java.util.List;
import org.jvirtio.page.Markup;
import org.jvirtio.page.Page;

/** A report as a {@link Page}: every table with a plot above it. */
final class ReportPage {

    private final Markup page;

    private ReportPage(Markup page) {
        this.page = page;
    }

    static String of(BenchReport report) {
        return Page.of(
                "jvirtio bench " + report.benchmark(), page -> new ReportPage(page).write(report));
    }

    private void write(BenchReport report) {
        page.element("p", report.time() + ": " + report.verdict());
        report.notes().forEach(note -> page.element("p", "Note: " + note));
        report.tables().forEach(this::section);
        page.element("h2", "What was measured, and on what").open("table");
        report.inputs()
                .forEach(
                        (name, value) ->
                                page.open("tr").element("th", name).element("td", value).close());
        page.close();
    }

    private void section(String heading, List<Cell> cells) {
        page.element("h2", heading);
        boolean higher = cells.get(0).figure().better() == Better.HIGHER;
        page.element(
                "p",
                (higher ? "Higher" : "Lower")
                        + " is better. Lines reach from the least to the most, dots are medians.");
        new Plot(cells).draw(page, heading);
        ReportTable table = ReportTable.of(cells);
        page.open("table");
        row("th", "", table.heading());
        for (int i = 0; i < table.rows().size(); i++) {
            row("td", table.missed().get(i) ? "missed" : "", table.rows().get(i));
        }
        page.close();
    }

    private void row(String tag, String kind, List<String> words) {
        page.open("tr", "class", kind);
        words.forEach(word -> page.element(tag, word));
        page.close();
    }
}
