package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.pci.Policy;

/**
 * A value of an axis that no cell can have, with the reason: instead of hundreds of skipped cells
 * of one function, one case.
 *
 * <pre>
 *   matrix/vfio/legacy/left-out/packed/block
 * </pre>
 *
 * @param one of the cells
 * @param value the word on the axis
 */
record LeftOut(Cell one, String value, String reason) implements LabCase {

    /** Those of {@code cells}, all of one function; a function that is refused has no values. */
    static List<LabCase> of(List<CellCase> cells) {
        Map<String, List<CellCase>> byValue = new LinkedHashMap<>();
        for (CellCase some : cells.stream().filter(LeftOut::isDriven).toList()) {
            for (String word : words(some.cell())) {
                byValue.computeIfAbsent(word, unseen -> new ArrayList<>()).add(some);
            }
        }
        List<LabCase> leftOut = new ArrayList<>();
        byValue.forEach(
                (word, its) ->
                        reason(its)
                                .map(why -> new LeftOut(its.get(0).cell(), word, why))
                                .ifPresent(leftOut::add));
        return leftOut;
    }

    /** Without the policies that make no difference: their cells are left out for that reason. */
    private static boolean isDriven(CellCase some) {
        Cell cell = some.cell();
        return cell.policy().strictness() == Policy.Strictness.ORDINARY
                && !LayoutOracle.RULE
                        .expected(cell.shown(), cell.policy())
                        .equals(LayoutOracle.REFUSED);
    }

    /** On the axes where a function may offer less than there is. */
    private static List<String> words(Cell cell) {
        return List.of(
                cell.policy().toString(),
                cell.interrupts().label(),
                cell.ring().label(),
                cell.features().label());
    }

    /** Empty if one of them is possible; else what the plainest of them says. */
    private static Optional<String> reason(List<CellCase> cells) {
        if (cells.stream().anyMatch(CellCase::isPossible)) {
            return Optional.empty();
        }
        return cells.stream()
                .map(CellCase::cell)
                .max(Comparator.comparingInt(LeftOut::plainness))
                .flatMap(CellRule::impossible);
    }

    /** On how many axes it has what every function has: the others then give no reason. */
    private static int plainness(Cell cell) {
        return (cell.interrupts() == cell.shown().firstInterrupts() ? 1 : 0)
                + (cell.ring() == CellRing.SPLIT ? 1 : 0)
                + (cell.features() == RingFeatures.PLAIN ? 1 : 0);
    }

    @Override
    public String id() {
        return String.join(
                "/",
                "matrix",
                one.reach().label(),
                one.shown().label(),
                "left-out",
                value,
                one.device().label());
    }

    @Override
    public String title() {
        return "no cell of this function has " + value;
    }

    @Override
    public String clause() {
        return "";
    }

    @Override
    public String reproduce() {
        return one.reach().reproduce(id());
    }

    @Override
    public CaseResult run() {
        return new CaseResult(id(), Outcome.SKIP, "", reason, reproduce(), List.of());
    }
}
