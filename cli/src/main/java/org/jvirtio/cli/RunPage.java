package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jvirtio.page.Markup;
import org.jvirtio.page.Page;

/** A run as a {@link Page}: a table of all rows, then each with what was seen and its pictures. */
final class RunPage {

    private static final List<String> COLUMNS =
            List.of("function", "device", "policy", "layout", "ring", "interrupts", "verified");

    private final Markup page;

    private RunPage(Markup page) {
        this.page = page;
    }

    static String of(List<DeviceReport> rows, Map<String, String> about, boolean verified) {
        return Page.of("jvirtio run", page -> new RunPage(page).write(rows, about, verified));
    }

    private void write(List<DeviceReport> rows, Map<String, String> about, boolean verified) {
        page.open("p");
        page.inline(
                "b",
                verified ? "All rows verified" : "NOT all rows verified",
                "class",
                verified ? "PASS" : "FAIL");
        page.close().open("table");
        about.forEach(this::field);
        page.close();
        table(rows);
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), "r" + i);
        }
    }

    private void table(List<DeviceReport> rows) {
        page.open("table").open("tr");
        COLUMNS.forEach(column -> page.element("th", column));
        page.close();
        for (int i = 0; i < rows.size(); i++) {
            DeviceReport row = rows.get(i);
            page.open("tr").open("td").element("a", row.function(), "href", "#r" + i).close();
            List.of(row.device(), row.policy(), row.layout(), row.ring(), spoken(row))
                    .forEach(words -> page.element("td", words));
            page.element("td", verdict(row), "class", row.verified() ? "PASS" : "FAIL").close();
        }
        page.close();
    }

    private static String verdict(DeviceReport row) {
        long held = row.checks().stream().filter(Check::ok).count();
        return String.format(
                "%s, %d of %d checks", row.verified() ? "yes" : "NO", held, row.checks().size());
    }

    private static String spoken(DeviceReport row) {
        return row.interrupts().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void row(DeviceReport row, String id) {
        page.open("section", "id", id).open("h2").text(row.function()).close();
        page.element("p", row.device() + ", policy " + row.policy() + ": " + row.layout());
        page.open("table");
        row.checks().forEach(this::check);
        if (!row.failure().isEmpty()) {
            field("failed", row.failure());
        }
        page.close();
        page.open("details").element("summary", "what was decided").open("table");
        decisions(row);
        page.close().close();
        new RunPictures(page, row).write();
        page.close();
    }

    private void check(Check check) {
        page.open("tr");
        page.element(
                "td", check.ok() ? "verified" : "FAILED", "class", check.ok() ? "PASS" : "FAIL");
        page.element("td", check.what()).element("td", check.seen()).close();
    }

    private void decisions(DeviceReport row) {
        fields("choice", row.choice());
        fields("offered", List.of(String.join(" ", row.offered())));
        fields("accepted", List.of(String.join(" ", row.accepted())));
        fields("interrupts", row.interruptSteps());
        fields("decided", row.decisions());
        List<String> facts = new ArrayList<>();
        row.facts().forEach((name, value) -> facts.add(name + " " + value));
        fields("measured", facts);
    }

    private void fields(String name, List<String> lines) {
        lines.stream().filter(line -> !line.isEmpty()).forEach(line -> field(name, line));
    }

    private void field(String name, String value) {
        page.open("tr").element("th", name).element("td", value).close();
    }
}
