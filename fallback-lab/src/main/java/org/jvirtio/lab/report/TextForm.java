package org.jvirtio.lab.report;

import java.util.List;
import java.util.Map;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;
import org.jvirtio.page.Visible;

/** A report for people: what was counted, why cases were skipped, and every bad case in full. */
final class TextForm {

    /** So many cases are listed one by one; of more, the counts say more. */
    private static final int MOST_LISTED = 100;

    private final RunReport report;
    private final StringBuilder text = new StringBuilder();

    private TextForm(RunReport report) {
        this.report = report;
    }

    static String of(RunReport report) {
        TextForm form = new TextForm(report);
        form.print();
        return form.text.toString();
    }

    private void print() {
        if (report.cases().size() <= MOST_LISTED) {
            report.cases().forEach(this::listed);
            line("");
        }
        counts();
        skipped();
        retried();
        report.bad().forEach(this::inFull);
        report.about()
                .forEach((name, value) -> line(String.format("%s: %s", name, Visible.line(value))));
        line(report.summary());
    }

    private void listed(ReportedCase tried) {
        line(String.format("%-6s  %s", tried.outcome(), tried.id()));
    }

    private void counts() {
        Map<String, List<ReportedCase>> suites = report.suites();
        int width = suites.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder heading = new StringBuilder(" ".repeat(width));
        for (Outcome outcome : Outcome.values()) {
            heading.append(String.format("  %6s", outcome));
        }
        line(heading.toString());
        suites.forEach((suite, cases) -> line(row(suite, width, cases)));
        line("");
    }

    private static String row(String suite, int width, List<ReportedCase> cases) {
        StringBuilder row = new StringBuilder(suite);
        row.append(" ".repeat(width - suite.length()));
        for (Outcome outcome : Outcome.values()) {
            long count = cases.stream().filter(tried -> tried.outcome() == outcome).count();
            row.append(String.format("  %6d", count));
        }
        return row.toString();
    }

    private void skipped() {
        Map<String, List<ReportedCase>> reasons = report.skipped();
        if (reasons.isEmpty()) {
            return;
        }
        line("skipped, and why:");
        reasons.forEach(
                (reason, cases) ->
                        line(
                                String.format(
                                        "  %6d  %s (such as %s)",
                                        cases.size(), Visible.line(reason), cases.get(0).id())));
        line("");
    }

    private void retried() {
        if (report.retried().isEmpty()) {
            return;
        }
        line("tried again:");
        for (ReportedCase tried : report.retried()) {
            line(String.format("  %-6s  %s", tried.outcome(), tried.id()));
            for (CaseResult attempt : tried.retried()) {
                line(
                        String.format(
                                "          before: %s: %s",
                                attempt.outcome(), Visible.line(attempt.seen())));
            }
        }
        line("");
    }

    private void inFull(ReportedCase tried) {
        CaseResult result = tried.result();
        line(String.format("%s  %s", tried.outcome(), tried.id()));
        field("claim", tried.title());
        field("clause", tried.clause());
        field("expected", result.expected());
        field("seen", result.seen());
        field("again", result.reproduce());
        if (!result.trace().isEmpty()) {
            line("  trace");
            result.trace().forEach(access -> line(String.format("    %s", Visible.line(access))));
        }
        line("");
    }

    private void field(String name, String value) {
        List<String> lines = Visible.lines(value);
        for (int i = 0; i < lines.size(); i++) {
            line(String.format("  %-8s  %s", i == 0 ? name : "", lines.get(i)));
        }
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
