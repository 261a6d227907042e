package org.jvirtio.lab.matrix;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

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
                            (cell, layout) -> isOfQemu(cell) && !cell.shown().isMadeByQemu()),
                    new CellRule(
                            "lenient decides over broken layouts only, and QEMU makes none; the"
                                    + " models do",
                            (cell, layout) -> isOfQemu(cell) && cell.policy().lenient()),
                    new CellRule(
                            "a refused function is not driven, so one cell of its interrupts, rings"
                                    + " and features is enough: msix/split/plain",
                            (cell, layout) -> isRefused(layout) && !isFirst(cell)),
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
                            "the mail of 2011 gives this device no MSI-X table",
                            (cell, layout) ->
                                    !isRefused(layout)
                                            && cell.shown().lacksMsix()
                                            && cell.interrupts().needsMsix()));

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

    private static boolean isFirst(Cell cell) {
        return cell.interrupts() == CellInterrupts.MSIX
                && cell.ring() == CellRing.SPLIT
                && cell.features() == RingFeatures.PLAIN;
    }
}
