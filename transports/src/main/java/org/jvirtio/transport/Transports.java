package org.jvirtio.transport;

import org.jvirtio.DeviceType;
import org.jvirtio.Transport;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioLayout;

/** Turns the layout that was chosen for a function into the transport that drives it. */
public final class Transports {

    private Transports() {}

    /**
     * Asks the device whether it is one of the layout that was chosen for it: a transitional device
     * that does not offer VERSION_1 is legacy, whatever its capabilities say (section 2.2.3). Then
     * the choice is made again without that layout, by the same policy, and says so.
     *
     * <p>Resets the device, and opens the common structure of the chosen layout; nobody holds it
     * afterwards. {@code function} stays the caller's, also if this call fails.
     *
     * @return {@code choice} itself if the device agrees, or has no other layout to be of
     */
    public static LayoutChoice confirm(PciFunction function, LayoutChoice choice) {
        return new Version1(function).confirm(choice);
    }

    /**
     * Opens the windows of {@code layout}, and of no other. The device is not touched before {@link
     * Transport#reset}, but for the command register of its function.
     *
     * <p>The transport takes {@code function} over, and closes it; also if this call fails.
     */
    public static Transport open(PciFunction function, DeviceType type, VirtioLayout layout) {
        try {
            return create(function, type, layout);
        } catch (RuntimeException failure) {
            try (function) {
                throw failure;
            }
        }
    }

    private static Transport create(PciFunction function, DeviceType type, VirtioLayout layout) {
        if (layout instanceof VirtioLayout.Legacy legacy) {
            return new LegacyTransport(function, type, legacy);
        }
        if (layout instanceof VirtioLayout.RegisterSets sets) {
            return RegisterSetTransport.open(function, type, sets);
        }
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            return Virtio1Transport.open(function, type, virtio1);
        }
        throw new IllegalArgumentException("no transport for the layout " + layout);
    }
}
