package org.jvirtio.lab.overlay;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Register;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.transport.LegacyRegister;

/**
 * Where a driver finds the structures of a function: by each layout that the function shows, since
 * a driver may choose any.
 */
final class ShownWindows {

    static final long NOWHERE = -1;

    /** Where a structure starts. */
    private record Base(Structure structure, int bar, long offset) {}

    private final PciFunction function;
    private final List<Base> bases = new ArrayList<>();
    private final List<Window> headers = new ArrayList<>();

    /**
     * Looks at what is shown.
     *
     * @param shown the function with its mask on
     */
    ShownWindows(PciFunction shown) {
        this.function = shown;
        for (Policy.Order order :
                List.of(Policy.Order.VIRTIO1, Policy.Order.REGISTER_SET, Policy.Order.LEGACY)) {
            LayoutChoice.of(shown, Policy.of(order)).layout().ifPresent(this::add);
        }
    }

    /** Where in a BAR structures of a kind start; none, one, or rarely two. */
    List<Long> bases(Structure structure, int bar) {
        List<Long> found = new ArrayList<>();
        Structure kind = structure.isDeviceConfig() ? Structure.DEVICE : structure;
        for (Base base : bases) {
            if (base.structure == kind && base.bar == bar) {
                found.add(base.offset);
            }
        }
        for (Window header : headers) {
            if (kind == Structure.DEVICE && header.bar().index() == bar) {
                found.add(header.offset() + legacyConfig());
            }
        }
        return found;
    }

    private void add(VirtioLayout layout) {
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            add(Structure.COMMON, virtio1.common());
            add(Structure.ISR, virtio1.isr());
            virtio1.device().ifPresent(window -> add(Structure.DEVICE, window));
        } else if (layout instanceof VirtioLayout.RegisterSets sets) {
            add(Structure.COMMON, sets.queues());
            add(Structure.SETS, sets.queues());
            sets.isr().ifPresent(window -> add(Structure.ISR, window));
            sets.config().ifPresent(window -> add(Structure.DEVICE, window));
        } else if (layout instanceof VirtioLayout.Legacy legacy) {
            add(Structure.LEGACY, legacy.registers());
            headers.add(legacy.registers());
        }
    }

    private void add(Structure structure, Window window) {
        bases.add(new Base(structure, window.bar().index(), window.offset()));
    }

    /** Virtio 1.4 section 4.1.4.10: behind the vectors, which exist while MSI-X is enabled. */
    private int legacyConfig() {
        boolean vectors =
                CapabilityList.of(function.config())
                        .first(MsixCapability.class)
                        .map(msix -> msix.enabledNow(function.config()))
                        .orElse(false);
        Register last = vectors ? LegacyRegister.QUEUE_MSIX_VECTOR : LegacyRegister.ISR_STATUS;
        return last.offset() + last.width();
    }
}
