package org.jvirtio.cli.bench;

import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.guest.GuestResult;

/** Whether a benchmark that was to measure ours has measured it: peers alone are no result. */
final class OwnFigures {

    private OwnFigures() {}

    /**
     * What the shell is told; a reason is given if the guest ended well and still ours is missing.
     */
    static int exitCode(Console console, BenchReport report, GuestResult boot) {
        if (boot.exitCode() != ExitCode.DONE || report.hasFigureOf(Cell.OURS)) {
            return boot.exitCode();
        }
        console.progress(
                "measuring "
                        + report.benchmark()
                        + ": not one figure is ours. Mend this and measure again: "
                        + reason(report));
        return ExitCode.FAILED;
    }

    private static String reason(BenchReport report) {
        return report.notes().stream()
                .filter(note -> note.contains("by " + Cell.OURS))
                .findFirst()
                .orElse("the guest told of no measurement, or not of every round");
    }
}
