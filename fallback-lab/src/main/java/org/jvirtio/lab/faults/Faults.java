package org.jvirtio.lab.faults;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** All faults as cases. */
public final class Faults {

    /** What every id starts with. */
    public static final String PREFIX = "faults/";

    private Faults() {}

    /** The faults that a first release has to survive, each in every layout it applies to. */
    public static List<LabCase> first() {
        return cases(FaultTable.rows().stream().filter(FaultRow::first).toList());
    }

    /** Every fault; those that cannot be injected here say why. */
    public static List<LabCase> all() {
        return cases(FaultTable.rows());
    }

    private static List<LabCase> cases(List<FaultRow> rows) {
        List<LabCase> cases = new ArrayList<>();
        for (FaultRow row : rows) {
            if (!row.skipped().isEmpty()) {
                cases.add(new SkippedFault(row));
            }
            row.injections().forEach(injection -> cases.add(new FaultCase(row, injection)));
        }
        return List.copyOf(cases);
    }

    /** A fault, or a part of one, that cannot be injected here. */
    private record SkippedFault(FaultRow row) implements LabCase {

        @Override
        public String id() {
            return PREFIX + row.id() + (row.injections().isEmpty() ? "" : "/elsewhere");
        }

        @Override
        public String title() {
            return row.sentence();
        }

        @Override
        public String clause() {
            return row.source();
        }

        @Override
        public CaseResult run() {
            return new CaseResult(
                    id(), Outcome.SKIP, "to be survived", row.skipped(), reproduce(), List.of());
        }
    }
}
