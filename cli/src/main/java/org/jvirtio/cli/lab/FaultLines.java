package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.ReportedCase;

/**
 * Runs faults as another does, and tells what came of them in a table, one line each, in the order
 * of the cases. Taken from what is reported: a case that never came back has a line, too.
 *
 * <pre>
 *   OUTCOME  ID    LAYOUT            EXPECTED  SEEN      FAULT
 *   REJECT   C4    virtio1/alone     REFUSE    REFUSE    cap_len is shorter than the structure
 * </pre>
 */
final class FaultLines implements CaseRunner {

    private static final String FORM = "%-7s  %-4s  %-26s  %-8s  %-8s  %s";

    private final CaseRunner runner;
    private final List<String> lines = new ArrayList<>();

    FaultLines(CaseRunner runner) {
        this.runner = runner;
    }

    @Override
    public List<ReportedCase> run(List<LabCase> cases, Consumer<ReportedCase> each) {
        List<ReportedCase> reported = runner.run(cases, each);
        lines.add(String.format(FORM, "OUTCOME", "ID", "LAYOUT", "EXPECTED", "SEEN", "FAULT"));
        reported.forEach(some -> lines.add(line(some)));
        return reported;
    }

    /** Heading and lines of what was tried; nothing if nothing was. */
    List<String> lines() {
        return lines.size() == 1 ? List.of() : List.copyOf(lines);
    }

    private static String line(ReportedCase tried) {
        String[] words = tried.id().split("/", 3);
        return String.format(
                FORM,
                tried.outcome(),
                words[1],
                words.length > 2 ? words[2] : "",
                reaction(tried.result().expected()),
                reaction(tried.result().seen()),
                tried.title());
    }

    /** The capital letters that a text starts with; a dash if it starts with others. */
    private static String reaction(String text) {
        String word = text.split("[: ]", 2)[0];
        return word.matches("[A-Z-]+") ? word : "-";
    }
}
