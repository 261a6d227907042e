package org.jvirtio.lab.report;

import java.util.List;
import java.util.Map;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;
import org.jvirtio.page.Visible;

/**
 * A report in the Kernel Test Anything Protocol, version 1, as the kernel's documentation has it
 * (dev-tools/ktap): each suite a test, its cases subtests two columns further in.
 *
 * <pre>
 *   KTAP version 1
 *   1..1
 *     KTAP version 1
 *     # Subtest: matrix/emulated
 *     1..2
 *     ok 1 legacy/auto/msix/split/plain/block
 *     ok 2 legacy/auto/msix/packed/plain/block # SKIP the legacy layout ends at feature 31
 *   ok 1 matrix/emulated
 * </pre>
 */
final class KtapForm {

    private static final String VERSION = "KTAP version 1";

    private final StringBuilder text = new StringBuilder();

    private KtapForm() {}

    static String of(RunReport report) {
        KtapForm form = new KtapForm();
        form.report(report);
        return form.text.toString();
    }

    private void report(RunReport report) {
        line("", VERSION);
        line("", "1.." + report.suites().size());
        int number = 1;
        for (Map.Entry<String, List<ReportedCase>> suite : report.suites().entrySet()) {
            suite(suite.getKey(), suite.getValue());
            line("", verdict(suite.getValue(), number++, suite.getKey()));
        }
        diagnostic("", report.summary());
    }

    private void suite(String name, List<ReportedCase> cases) {
        String in = "  ";
        line(in, VERSION);
        diagnostic(in, "Subtest: " + name);
        line(in, "1.." + cases.size());
        int number = 1;
        for (ReportedCase tried : cases) {
            diagnostics(in, tried);
            line(in, result(tried, number++));
        }
    }

    private static String verdict(List<ReportedCase> cases, int number, String name) {
        boolean bad = cases.stream().anyMatch(tried -> tried.outcome().isBad());
        boolean skipped = cases.stream().allMatch(tried -> tried.outcome() == Outcome.SKIP);
        String directive = skipped ? " # SKIP every case was skipped" : "";
        return (bad ? "not ok " : "ok ") + number + " " + name + directive;
    }

    private static String result(ReportedCase tried, int number) {
        String directive =
                switch (tried.outcome()) {
                    case SKIP -> " # SKIP " + Visible.line(tried.result().seen());
                    case WEDGED -> " # TIMEOUT";
                    default -> "";
                };
        String ok = tried.outcome().isBad() ? "not ok " : "ok ";
        return ok + number + " " + tried.name() + directive;
    }

    /** They stand before the result that they explain. */
    private void diagnostics(String in, ReportedCase tried) {
        for (CaseResult attempt : tried.retried()) {
            diagnostic(in, "tried again after " + attempt.outcome() + ": " + attempt.seen());
        }
        CaseResult result = tried.result();
        if (tried.outcome() == Outcome.REJECT) {
            diagnostic(in, "REJECT: " + result.seen());
        }
        if (!tried.outcome().isBad()) {
            return;
        }
        diagnostic(in, tried.outcome() + ": " + tried.title());
        diagnostic(in, "clause: " + tried.clause());
        diagnostic(in, "expected: " + result.expected());
        diagnostic(in, "seen: " + result.seen());
        diagnostic(in, "again: " + result.reproduce());
        result.trace().forEach(access -> diagnostic(in, "trace: " + access));
    }

    private void diagnostic(String in, String words) {
        line(in, "# " + Visible.line(words));
    }

    private void line(String in, String words) {
        text.append(in).append(words).append('\n');
    }
}
