package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.Subject;

/**
 * The driver rows of the conformance table as cases: our own driver runs on a device, is recorded,
 * and each rule is applied to what it did. A row that a trace cannot decide is skipped, and says
 * why.
 */
public final class DriverCases {

    private DriverCases() {}

    /** Every row on one device; its driver runs once for all of them, when the first is run. */
    public static List<LabCase> of(Subject subject) {
        List<LabCase> cases = new ArrayList<>();
        SharedRecording recording = new SharedRecording(subject);
        for (TraceRule rule : TraceRules.all()) {
            cases.add(new RuleCase(rule, subject, recording));
        }
        for (UndecidedRow row : UndecidedRow.all()) {
            cases.add(new UndecidedCase(row, subject));
        }
        return cases;
    }

    /** A row that stays open. */
    private record UndecidedCase(UndecidedRow row, Subject subject) implements LabCase {

        @Override
        public String id() {
            return subject.driverCase(row.id());
        }

        @Override
        public String title() {
            return "the driver row " + row.id() + " of the conformance table";
        }

        @Override
        public String clause() {
            return row.clause();
        }

        @Override
        public String reproduce() {
            return subject.command() + " " + id();
        }

        @Override
        public CaseResult run() {
            return new CaseResult(
                    id(),
                    Outcome.SKIP,
                    "a trace of registers that decides it",
                    row.reason(),
                    reproduce(),
                    List.of());
        }
    }
}
