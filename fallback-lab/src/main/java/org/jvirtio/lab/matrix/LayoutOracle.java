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
    String expected(ShownLayout shown, Policy policy);

    /** Absent: try the next. Broken: refuse, unless lenient. */
    private static String byRule(ShownLayout shown, Policy policy) {
        for (String layout : tried(policy.order())) {
            String half = layout.equals(THROUGH_PCI_CFG) ? ShownLayout.STRUCTURES : layout;
            if (!shown.shows(half)) {
                continue;
            }
            if (!shown.isBroken(half)) {
                return layout;
            }
            if (!policy.lenient()) {
                return REFUSED;
            }
        }
        return REFUSED;
    }

    /** The structures of virtio 1.x, reached through configuration space (section 4.1.4.9). */
    String THROUGH_PCI_CFG = "virtio1 through PCI_CFG";

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
            case PCI_CFG -> List.of(THROUGH_PCI_CFG);
        };
    }
}
