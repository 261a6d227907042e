package org.jvirtio.lab.check;

import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;

/**
 * What is known of a device before any row is tried; it decides which rows apply.
 *
 * @param hasLegacy whether the function could be driven by the legacy layout, too
 * @param hasModern whether by one of the new ones
 */
record Facts(
        DeviceIdentity identity,
        VirtioLayout layout,
        FeatureSet offered,
        boolean hasLegacy,
        boolean hasModern) {

    static Facts of(Bench bench) {
        return new Facts(
                bench.identity(),
                bench.layout(),
                bench.offered(),
                bench.shows(Policy.Order.LEGACY),
                bench.shows(Policy.Order.VIRTIO1) || bench.shows(Policy.Order.REGISTER_SET));
    }

    boolean isLegacy() {
        return layout instanceof VirtioLayout.Legacy;
    }

    boolean is(DeviceType type) {
        return identity.type().filter(own -> own == type).isPresent();
    }

    /** By its id; where there are register sets, their capability says what it has. */
    boolean owesLegacy() {
        return identity.kind() == DeviceIdentity.Kind.TRANSITIONAL
                && !(layout instanceof VirtioLayout.RegisterSets);
    }

    /** By its id, since what follows from being one is what is asked. */
    boolean isTransitional() {
        return hasModern && identity.kind() == DeviceIdentity.Kind.TRANSITIONAL;
    }
}
