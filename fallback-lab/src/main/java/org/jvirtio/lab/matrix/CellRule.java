package org.jvirtio.lab.matrix;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jvirtio.pci.Policy;

/**
 * Why a cell cannot be.
 *
 * @param sentence the reason, as the skipped cell gives it
 * @param applies whether the cell, of which a layout is expected, cannot be
 */
record CellRule(String sentence, BiPredicate<Cell, String> applies) {

    /** The first that applies is the reason. */
    static final List<CellRule> ALL =
            List.of(
                    new CellRule(
                            "QEMU makes legacy, virtio1 and transitional devices only; the models"
                                    + " show the others",
                            (cell, layout) -> isOfQemu(cell) && !isMadeByQemu(cell.shown())),
                    new CellRule(
                            "a refused function is not driven, so one cell of its interrupts, rings"
                                    + " and features is enough: msix/split/plain",
                            (cell, layout) ->
                                    isRefused(layout) && !isPlain(cell, CellInterrupts.MSIX)),
                    new CellRule(
                            "lenient and strict decide over the choice alone; where they come to the"
                                    + " same layout, one cell of interrupts, rings and features is"
                                    + " enough: the first interrupts there are, split/plain",
                            (cell, layout) ->
                                    isAsWithout(cell, layout)
                                            && !isRefused(layout)
                                            && !isPlain(cell, cell.shown().firstInterrupts())),
                    new CellRule(
                            "RING_PACKED is feature 34, and the features of the legacy layout end"
                                    + " at 31 (section 4.1.4.10)",
                            (cell, layout) -> isLegacy(layout) && cell.ring() == CellRing.PACKED),
                    new CellRule(
                            "IN_ORDER, NOTIFICATION_DATA and RING_RESET are features 35, 38 and 40,"
                                    + " and those of the legacy layout end at 31 (section"
                                    + " 4.1.4.10)",
                            (cell, layout) ->
                                    isLegacy(layout) && cell.features().areBeyondLegacy()),
                    new CellRule(
                            "this device has no MSI-X table, as the mail of 2011 gives two of its"
                                    + " devices none",
                            (cell, layout) ->
                                    !isRefused(layout)
                                            && cell.shown().lacksMsix()
                                            && cell.interrupts().needsMsix()),
                    new CellRule(
                            "the interrupt pin of this function is 0: it has no INTx",
                            (cell, layout) ->
                                    !isRefused(layout)
                                            && cell.shown().lacksIntx()
                                            && cell.interrupts() == CellInterrupts.INTX));

    /** Why this cell cannot be; empty if it can. */
    static Optional<String> impossible(Cell cell) {
        String layout = LayoutOracle.RULE.expected(cell.shown(), cell.policy());
        return ALL.stream()
                .filter(rule -> rule.applies().test(cell, layout))
                .map(CellRule::sentence)
                .findFirst();
    }

    private static boolean isOfQemu(Cell cell) {
        return cell.reach().isOfQemu();
    }

    private static boolean isLegacy(String layout) {
        return layout.equals(ShownLayout.LEGACY_HALF);
    }

    private static boolean isRefused(String layout) {
        return layout.equals(LayoutOracle.REFUSED);
    }

    static boolean isMadeByQemu(Shown shown) {
        return shown instanceof ShownLayout made && made.isMadeByQemu();
    }

    /** True if the policy is another than the ordinary one, and nothing comes of that. */
    private static boolean isAsWithout(Cell cell, String layout) {
        Policy.Order order = cell.policy().order();
        return cell.policy().strictness() != Policy.Strictness.ORDINARY
                && layout.equals(LayoutOracle.RULE.expected(cell.shown(), Policy.of(order)));
    }

    private static boolean isPlain(Cell cell, CellInterrupts interrupts) {
        return cell.interrupts() == interrupts
                && cell.ring() == CellRing.SPLIT
                && cell.features() == RingFeatures.PLAIN;
    }
}
