package org.jvirtio.lab.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;
import org.jvirtio.page.Markup;
import org.jvirtio.page.Page;

/** A report as a {@link Page}: bad cases first, their traces folded. */
final class HtmlForm {

    private final Markup page;

    private HtmlForm(Markup page) {
        this.page = page;
    }

    static String of(RunReport report) {
        return Page.of("jvirtio " + report.name(), page -> new HtmlForm(page).report(report));
    }

    private void report(RunReport report) {
        page.element("p", report.begin() + ": " + report.summary());
        counts(report);
        bad(report);
        retried(report);
        skipped(report);
        report.suites().forEach(this::suite);
        about(report);
    }

    private void counts(RunReport report) {
        page.open("table").open("tr").element("th", "");
        for (Outcome outcome : Outcome.values()) {
            page.element("th", outcome.name());
        }
        page.close();
        report.suites().forEach(this::count);
        page.close();
    }

    private void count(String suite, List<ReportedCase> cases) {
        page.open("tr").element("th", suite);
        for (Outcome outcome : Outcome.values()) {
            long count = cases.stream().filter(tried -> tried.outcome() == outcome).count();
            page.element("td", "" + count, "class", count == 0 ? "none" : outcome.name());
        }
        page.close();
    }

    private void bad(RunReport report) {
        if (report.bad().isEmpty()) {
            return;
        }
        page.element("h2", "What went wrong");
        report.bad().forEach(this::inFull);
    }

    private void inFull(ReportedCase tried) {
        CaseResult result = tried.result();
        page.open("section", "class", "bad")
                .open("h3")
                .element("span", "" + tried.outcome(), "class", "FAIL");
        page.text(tried.id()).close();
        page.open("dl");
        field("claim", tried.title());
        field("clause", tried.clause());
        field("expected", result.expected());
        field("seen", result.seen());
        page.element("dt", "again").open("dd").element("code", result.reproduce()).close();
        page.close();
        if (!result.trace().isEmpty()) {
            page.open("details").element("summary", "trace, " + result.trace().size() + " lines");
            page.open("pre").lines(String.join("\n", result.trace())).close().close();
        }
        page.close();
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            page.element("dt", name).open("dd").lines(value).close();
        }
    }

    private void retried(RunReport report) {
        if (report.retried().isEmpty()) {
            return;
        }
        page.element("h2", "What was tried again").open("table");
        for (ReportedCase tried : report.retried()) {
            for (CaseResult attempt : tried.retried()) {
                page.open("tr").element("td", tried.id());
                page.element("td", "" + attempt.outcome(), "class", attempt.outcome().name());
                page.element("td", attempt.seen()).close();
            }
        }
        page.close();
    }

    private void skipped(RunReport report) {
        if (report.skipped().isEmpty()) {
            return;
        }
        page.element("h2", "What was skipped, and why");
        report.skipped()
                .forEach(
                        (reason, cases) -> {
                            page.open("details").element("summary", cases.size() + ": " + reason);
                            String ids =
                                    cases.stream()
                                            .map(ReportedCase::id)
                                            .collect(Collectors.joining("\n"));
                            page.open("pre").lines(ids).close().close();
                        });
    }

    /** Every case that ran; what was expected and seen is of interest also where they agree. */
    private void suite(String name, List<ReportedCase> all) {
        List<ReportedCase> cases =
                all.stream().filter(tried -> tried.outcome() != Outcome.SKIP).toList();
        page.open("details").element("summary", name + ", " + cases.size() + " cases that ran");
        page.open("table").open("tr").element("th", "case").element("th", "outcome");
        page.element("th", "expected").element("th", "seen").element("th", "ms").close();
        for (ReportedCase tried : cases) {
            page.open("tr").open("td").text(tried.name());
            page.element("small", tried.title()).close();
            page.element("td", "" + tried.outcome(), "class", tried.outcome().name());
            page.element("td", tried.result().expected()).element("td", tried.result().seen());
            page.element("td", "" + tried.time().toMillis()).close();
        }
        page.close().close();
    }

    private void about(RunReport report) {
        page.element("h2", "What it ran on").open("table");
        report.about()
                .forEach(
                        (name, value) ->
                                page.open("tr").element("th", name).element("td", value).close());
        page.close();
    }
}
