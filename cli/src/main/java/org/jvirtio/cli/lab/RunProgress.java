package org.jvirtio.cli.lab;

import org.jvirtio.cli.Console;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.page.Visible;

/** Tells people who wait: every bad case at once, and every few seconds how far it is. */
final class RunProgress {

    private static final long PAUSE_NANOS = 2_000_000_000L;

    private final Console console;
    private final int total;
    private int through;
    private long told = System.nanoTime();

    RunProgress(Console console, int total) {
        this.console = console;
        this.total = total;
    }

    void through(ReportedCase reported) {
        through++;
        if (reported.outcome().isBad()) {
            console.progress(
                    String.format(
                            "%s %s: %s",
                            reported.outcome(),
                            reported.id(),
                            Visible.line(reported.result().seen())));
        }
        long now = System.nanoTime();
        if (now - told > PAUSE_NANOS) {
            told = now;
            console.progress(through + " of " + total + " cases are through");
        }
    }
}
