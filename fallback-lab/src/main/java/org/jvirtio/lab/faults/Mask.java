package org.jvirtio.lab.faults;

import org.jvirtio.lab.overlay.OverlaidFunction;
import org.jvirtio.lab.overlay.Overlays;
import org.jvirtio.pci.PciFunction;

/** The overlay of an injection, if it has one, which must make a difference. */
final class Mask {

    private final String overlay;
    private OverlaidFunction masked;

    Mask(Injection injection) {
        this.overlay = injection.overlay();
    }

    PciFunction over(PciFunction function) {
        if (overlay.isEmpty()) {
            return function;
        }
        masked = Overlays.ready(overlay).over(function);
        return masked;
    }

    /** An overlay that changed no answer injected nothing. */
    String harm() {
        return masked == null || masked.answersChanged() > 0
                ? ""
                : "the overlay " + overlay + " did not come to act";
    }
}
