package org.jvirtio.lab.overlay;

import java.util.List;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.transport.CommonRegister;

/**
 * A mask for a function: what it hides, moves, and answers instead. {@link OverlayText} has the
 * grammar, {@link Overlays} the ready ones.
 *
 * @param name of the catalogue or of the file
 * @param sentence what it makes of a function, for lists
 * @param edits in the order they are made, each on the result of those before
 */
public record Overlay(String name, String sentence, List<Edit> edits) {

    public Overlay {
        edits = List.copyOf(edits);
    }

    /**
     * Puts the mask on. The result takes {@code function} over and closes it, also if this call
     * fails.
     *
     * @throws org.jvirtio.LayoutException if the function lacks a capability that the mask is about
     */
    public OverlaidFunction over(PciFunction function) {
        try {
            return new OverlaidFunction(function, this);
        } catch (RuntimeException failure) {
            try (function) {
                throw failure;
            }
        }
    }

    /** True if it needs a device configuration, which each type of device has its own. */
    public boolean isAboutDeviceConfig() {
        return edits.stream().anyMatch(Overlay::needsDeviceConfig);
    }

    private static boolean needsDeviceConfig(Edit edit) {
        if (edit instanceof Edit.RegisterEdit register) {
            return register.structure().isDeviceConfig()
                    || register.field().name().equals(CommonRegister.CONFIG_GENERATION.name());
        }
        return edit instanceof Edit.ListEdit list && list.capability() == CapabilityName.DEVICE_CFG;
    }
}
