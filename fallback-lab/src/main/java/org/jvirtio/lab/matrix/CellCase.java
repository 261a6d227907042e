package org.jvirtio.lab.matrix;

import java.util.List;
import java.util.Optional;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** One cell as a case: skipped if it cannot be, else driven. */
public final class CellCase implements LabCase {

    private final Cell cell;
    private final CellPlace place;
    private final LayoutOracle oracle;

    CellCase(Cell cell, CellPlace place) {
        this(cell, place, LayoutOracle.RULE);
    }

    CellCase(Cell cell, CellPlace place, LayoutOracle oracle) {
        this.cell = cell;
        this.place = place;
        this.oracle = oracle;
    }

    public Cell cell() {
        return cell;
    }

    /** True if some rule says that there can be no such cell. */
    public boolean isPossible() {
        return CellRule.impossible(cell).isEmpty();
    }

    @Override
    public String id() {
        return cell.id();
    }

    @Override
    public String title() {
        return String.format(
                "the %s device that shows %s comes to %s under policy %s, and works",
                cell.device().label(),
                cell.shown().label(),
                oracle.expected(cell.shown(), cell.policy()),
                cell.policy());
    }

    @Override
    public String clause() {
        return "virtio 1.4 sections 3.1.1 and 4.1";
    }

    @Override
    public String reproduce() {
        return cell.reach().reproduce(id());
    }

    @Override
    public CaseResult run() {
        Optional<String> impossible = CellRule.impossible(cell);
        if (impossible.isPresent()) {
            return new CaseResult(id(), Outcome.SKIP, "", impossible.get(), reproduce(), List.of());
        }
        return drive(place.functions(cell.shown(), cell.interrupts(), cell.device()));
    }

    /** Drives the cell, possible or not, on these functions. */
    CaseResult drive(CellFunctions functions) {
        String layout = oracle.expected(cell.shown(), cell.policy());
        return new CellDrive(this, layout, functions).result();
    }
}
