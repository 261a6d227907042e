package org.jvirtio.cli.lab;

import java.util.List;
import java.util.function.Consumer;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.check.CheckCase;
import org.jvirtio.lab.report.CaseRunner;
import org.jvirtio.lab.report.ReportedCase;

/** Runs cases as another does and counts how strongly the violated rows ask. */
final class LevelTally implements CaseRunner {

    private final CaseRunner runner;
    private long strict;
    private long advised;

    LevelTally(CaseRunner runner) {
        this.runner = runner;
    }

    @Override
    public List<ReportedCase> run(List<LabCase> cases, Consumer<ReportedCase> each) {
        List<ReportedCase> reported = runner.run(cases, each);
        List<ReportedCase> failed =
                reported.stream().filter(some -> some.outcome() == Outcome.FAIL).toList();
        strict = failed.stream().filter(some -> CheckCase.isStrict(some.result())).count();
        advised = failed.size() - strict;
        return reported;
    }

    /** {@code violated: 2 MUST, 1 SHOULD}. */
    String summary() {
        return String.format("violated: %d MUST, %d SHOULD", strict, advised);
    }
}
