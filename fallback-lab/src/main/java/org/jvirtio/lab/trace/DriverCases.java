package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/**
 * The driver rows of the conformance table as cases: our own driver runs on a device, is recorded,
 * and each rule is applied to what it did.
 *
 * <pre>
 *   check/STA-01/block,layout=legacy     rule / device
 *   check/SPL-03/driver                  a row that a trace cannot decide: SKIP, and why
 * </pre>
 */
public final class DriverCases {

    private DriverCases() {}

    /**
     * A device that a driver is recorded on.
     *
     * @param label part of the ids of its cases: {@code block,layout=legacy}
     * @param reproduce what to give {@code jvirtio trace record}: {@code emulated:block} and
     *     perhaps {@code --policy legacy}
     * @param opener makes the function anew, to be driven and closed
     */
    public record Subject(
            String label, String reproduce, Policy policy, Supplier<PciFunction> opener) {}

    /** Every rule on every device, and then the rows that are not decided. */
    public static List<LabCase> driverCases(List<Subject> subjects) {
        List<LabCase> cases = new ArrayList<>();
        for (Subject subject : subjects) {
            SharedRecording recording = new SharedRecording(subject);
            for (TraceRule rule : TraceRules.all()) {
                cases.add(new RuleCase(rule, subject, recording));
            }
        }
        for (UndecidedRow row : UndecidedRow.all()) {
            cases.add(new UndecidedCase(row));
        }
        return cases;
    }

    /** Every rule on models of every device in every layout, with either ring. */
    public static List<LabCase> driverCases() {
        return driverCases(ModelSubjects.all());
    }

    /** A row that stays open. */
    private record UndecidedCase(UndecidedRow row) implements LabCase {

        @Override
        public String id() {
            return "check/" + row.id() + "/driver";
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
        public CaseResult run() {
            return new CaseResult(
                    id(),
                    Outcome.SKIP,
                    "a trace of registers that decides it",
                    row.reason(),
                    "",
                    List.of());
        }
    }
}
