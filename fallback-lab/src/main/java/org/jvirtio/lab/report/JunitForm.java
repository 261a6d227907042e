package org.jvirtio.lab.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;
import org.jvirtio.page.Markup;
import org.jvirtio.page.Visible;

/**
 * A report in the XML that JUnit's Ant task began with and CI servers read: FAIL is a failure,
 * WEDGED an error; earlier attempts and refusals stand in {@code system-out}.
 */
final class JunitForm {

    private final Markup xml = new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");

    private JunitForm() {}

    static String of(RunReport report) {
        JunitForm form = new JunitForm();
        form.report(report);
        return form.xml.toString();
    }

    private void report(RunReport report) {
        xml.open("testsuites", attributes(report.name(), report.cases(), report.time()));
        report.suites().forEach((name, cases) -> suite(report, name, cases));
        xml.close();
    }

    private void suite(RunReport report, String name, List<ReportedCase> cases) {
        Duration time =
                cases.stream().map(ReportedCase::time).reduce(Duration.ZERO, Duration::plus);
        xml.open("testsuite", attributes(name, cases, time));
        xml.open("properties");
        xml.open("property", "name", "begin", "value", report.begin().toString()).close();
        report.about()
                .forEach(
                        (fact, value) ->
                                xml.open("property", "name", fact, "value", value).close());
        xml.close();
        cases.forEach(this::reported);
        xml.close();
    }

    private static String[] attributes(String name, List<ReportedCase> cases, Duration time) {
        return new String[] {
            "name", name,
            "tests", "" + cases.size(),
            "failures", count(cases, Outcome.FAIL),
            "errors", count(cases, Outcome.WEDGED),
            "skipped", count(cases, Outcome.SKIP),
            "time", seconds(time)
        };
    }

    private static String count(List<ReportedCase> cases, Outcome outcome) {
        return "" + cases.stream().filter(tried -> tried.outcome() == outcome).count();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    private void reported(ReportedCase tried) {
        xml.open(
                "testcase",
                "classname",
                tried.suite().replace('/', '.'),
                "name",
                tried.name(),
                "time",
                seconds(tried.time()));
        CaseResult result = tried.result();
        switch (tried.outcome()) {
            case FAIL -> bad("failure", tried);
            case WEDGED -> bad("error", tried);
            case SKIP -> xml.open("skipped", "message", result.seen()).close();
            default -> {}
        }
        List<String> remarks = remarks(tried);
        if (!remarks.isEmpty()) {
            xml.open("system-out").lines(String.join("\n", remarks)).close();
        }
        xml.close();
    }

    private void bad(String element, ReportedCase tried) {
        CaseResult result = tried.result();
        xml.open(element, "type", result.outcome().name(), "message", result.seen());
        xml.lines(
                String.join(
                        "\n",
                        "claim: " + Visible.line(tried.title()),
                        "clause: " + Visible.line(tried.clause()),
                        "expected: " + Visible.line(result.expected()),
                        "seen: " + Visible.line(result.seen()),
                        "again: " + Visible.line(result.reproduce()),
                        String.join("\n", result.trace())));
        xml.close();
    }

    private static List<String> remarks(ReportedCase tried) {
        List<String> remarks = new ArrayList<>();
        for (CaseResult attempt : tried.retried()) {
            remarks.add(
                    "tried again after " + attempt.outcome() + ": " + Visible.line(attempt.seen()));
        }
        if (tried.outcome() == Outcome.REJECT) {
            remarks.add("REJECT: " + Visible.line(tried.result().seen()));
        }
        return remarks;
    }
}
