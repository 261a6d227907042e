package org.jvirtio.cli;

import java.util.List;
import java.util.Map;
import org.jvirtio.cli.explain.ExplanationSections;
import org.jvirtio.page.Markup;
import org.jvirtio.page.Page;

/** The functions of a machine as a {@link Page}: a table, then each with its bytes and choice. */
final class ProbePage {

    private final Markup page;

    private ProbePage(Markup page) {
        this.page = page;
    }

    static String of(List<Probed> found) {
        return Page.of("jvirtio probe", page -> new ProbePage(page).write(found));
    }

    private void write(List<Probed> found) {
        if (found.isEmpty()) {
            page.element("p", "No virtio function was found; --all lists the others.");
            return;
        }
        table(found);
        for (int i = 0; i < found.size(); i++) {
            page.open("section", "id", id(i));
            page.element("h2", "" + found.get(i).row().get("function"));
            found.get(i)
                    .explanation()
                    .ifPresent(some -> function(new ExplanationSections(page, some)));
            page.close();
        }
    }

    private void table(List<Probed> found) {
        page.open("table").open("tr");
        found.get(0).row().keySet().forEach(name -> page.element("th", name));
        page.close();
        for (int i = 0; i < found.size(); i++) {
            row(found.get(i).row(), id(i));
        }
        page.close();
    }

    private void row(Map<String, Object> row, String id) {
        page.open("tr").open("td").element("a", "" + row.get("function"), "href", "#" + id).close();
        row.forEach(
                (name, value) -> {
                    if (!name.equals("function")) {
                        page.element("td", "" + value);
                    }
                });
        page.close();
    }

    private void function(ExplanationSections sections) {
        sections.result();
        sections.bytes();
        sections.bars();
        sections.choice();
    }

    private static String id(int index) {
        return "f" + index;
    }
}
