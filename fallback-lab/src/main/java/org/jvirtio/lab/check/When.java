package org.jvirtio.lab.check;

import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;

/** The conditions under which a row applies; elsewhere its check is skipped, and says why. */
final class When {

    private When() {}

    /** A row that nobody outside the device can decide. */
    static Check never(String reason) {
        return bench -> Finding.skip("%s", reason);
    }

    /**
     * A row of a feature for which there is no driver on this bench.
     *
     * @param reason why its check would need more than is here
     */
    static Check undecided(Feature feature, String reason) {
        return offered(feature, bench -> Finding.skip("%s is offered, but %s", feature, reason));
    }

    static Check offered(Feature feature, Check check) {
        return bench ->
                bench.offers(feature)
                        ? check.on(bench)
                        : Finding.skip("%s is not offered", feature);
    }

    static Check legacy(Check check) {
        return bench ->
                bench.isLegacy()
                        ? check.on(bench)
                        : Finding.skip("it asks something of the legacy layout");
    }

    /** Both new layouts. */
    static Check modern(Check check) {
        return bench ->
                bench.isLegacy()
                        ? Finding.skip("the legacy layout has nothing of the kind")
                        : check.on(bench);
    }

    static Check virtio1(Check check) {
        return bench ->
                bench.layout() instanceof VirtioLayout.Virtio1
                        ? check.on(bench)
                        : Finding.skip("it asks something of virtio 1.x capabilities");
    }

    static Check registerSet(Check check) {
        return bench ->
                bench.layout() instanceof VirtioLayout.RegisterSets
                        ? check.on(bench)
                        : Finding.skip("it asks something of the register sets");
    }

    static Check type(DeviceType type, Check check) {
        return bench ->
                bench.type() == type
                        ? check.on(bench)
                        : Finding.skip("it asks something of %s devices", type.label());
    }

    /** A device with a legacy layout and a new one (section 1.3.1 calls it transitional). */
    static Check transitional(Check check) {
        return bench ->
                isTransitional(bench)
                        ? check.on(bench)
                        : Finding.skip("the device is not transitional: %s", bench.identity());
    }

    static Check nonTransitional(Check check) {
        return bench ->
                bench.shows(Policy.Order.LEGACY)
                        ? Finding.skip("the device has a legacy layout: %s", bench.identity())
                        : check.on(bench);
    }

    private static boolean isTransitional(Bench bench) {
        boolean modern =
                bench.shows(Policy.Order.VIRTIO1) || bench.shows(Policy.Order.REGISTER_SET);
        return modern
                && bench.shows(Policy.Order.LEGACY)
                && bench.identity().kind() != DeviceIdentity.Kind.NOT_VIRTIO;
    }
}
