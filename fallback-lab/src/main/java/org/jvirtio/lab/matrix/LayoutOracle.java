package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.pci.Policy;

/**
 * Foretells the layout that must be chosen, from what a function was made to show and the policy
 * alone. It knows neither bytes nor the rules of the choice, so that the two can disagree.
 */
interface LayoutOracle {

    /** What {@link #expected} says if the function has to be refused. */
    String REFUSED = "refused";

    /** The oracle that cells are held against. */
    LayoutOracle RULE = LayoutOracle::byRule;

    /** The label of the layout, or {@link #REFUSED}. */
    String expected(Shown shown, Policy policy);

    /** Absent: try the next. Broken, or noted and the policy strict: refuse, unless lenient. */
    private static String byRule(Shown shown, Policy policy) {
        for (String layout : tried(policy.order())) {
            if (!shown.shows(layout)) {
                continue;
            }
            if (!shown.isBroken(layout) && !(policy.strict() && shown.isNoted(layout))) {
                return layout;
            }
            if (!policy.lenient()) {
                return REFUSED;
            }
        }
        return REFUSED;
    }

    private static List<String> tried(Policy.Order order) {
        String legacy = ShownLayout.LEGACY_HALF;
        String sets = ShownLayout.SETS;
        String structures = ShownLayout.STRUCTURES;
        return switch (order) {
            case AUTO -> List.of(structures, sets, legacy);
            case LEGACY_FIRST -> List.of(legacy, structures, sets);
            case LEGACY -> List.of(legacy);
            case REGISTER_SET -> List.of(sets);
            case VIRTIO1 -> List.of(structures);
            case PCI_CFG -> List.of(ShownLayout.THROUGH_PCI_CFG);
        };
    }
}
