package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.pci.Policy;

/**
 * One combination: a function that shows these layouts, chosen for under this policy, and driven
 * with these interrupts, this ring and these features of it.
 *
 * <pre>
 *   matrix/emulated/transitional/legacy-first/msix/split/event-idx+indirect/block
 * </pre>
 */
public record Cell(
        CellReach reach,
        Shown shown,
        Policy policy,
        CellInterrupts interrupts,
        CellRing ring,
        RingFeatures features,
        CellDevice device) {

    public String id() {
        return String.join(
                "/",
                "matrix",
                reach.label(),
                shown.label(),
                policy.toString(),
                interrupts.label(),
                ring.label(),
                features.label(),
                device.label());
    }

    /** Where it stands on each axis. */
    List<Object> values() {
        return List.of(shown, policy, interrupts, ring, features, device);
    }
}
