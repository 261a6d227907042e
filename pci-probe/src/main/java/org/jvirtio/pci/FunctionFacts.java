package org.jvirtio.pci;

import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;

/**
 * All that a choice is made from, read once.
 *
 * @param ids the identity in words, which the evidence of every candidate starts with
 * @param reason why it is that identity
 */
record FunctionFacts(
        DeviceIdentity identity,
        CapabilityList capabilities,
        List<Bar> bars,
        String ids,
        String reason) {

    /** Said where a missing capability proves nothing. */
    static final String UNREADABLE =
            "the capability list goes on past the configuration bytes that can be read (reading"
                    + " more than 64 takes root)";

    static FunctionFacts of(Registers config, List<Bar> bars) {
        DeviceIdentity identity = DeviceIdentity.of(config);
        return new FunctionFacts(
                identity,
                CapabilityList.of(config),
                List.copyOf(bars),
                "ids " + identity,
                identity.reason());
    }

    /** The BAR, if it is implemented. */
    Optional<Bar> bar(int index) {
        for (Bar bar : bars) {
            if (bar.index() == index && bar.length() != 0) {
                return Optional.of(bar);
            }
        }
        return Optional.empty();
    }

    /** Why there is no BAR {@code index}. */
    String missingBar(int index) {
        boolean upper = bar(index - 1).map(Bar::wide).orElse(false);
        return "BAR "
                + index
                + (upper
                        ? " is the upper half of BAR " + (index - 1)
                        : " is not implemented, or has no address");
    }

    /** Every type has a device configuration but entropy; of an unknown type nobody knows. */
    boolean needsDeviceConfig() {
        return identity.type().filter(type -> type != DeviceType.ENTROPY).isPresent();
    }

    /** The rules that every candidate starts with. */
    boolean isVirtio(Checks checks) {
        return checks.require(
                identity.kind() != DeviceIdentity.Kind.NOT_VIRTIO,
                "the ids are those of a virtio device",
                "virtio 1.4 section 4.1.2.1",
                reason);
    }

    boolean namesOneType(Checks checks) {
        return checks.require(
                identity.contradiction().isEmpty(),
                "the ids do not contradict each other",
                "virtio 1.4 section 4.1.2.3",
                identity.contradiction().orElse(reason));
    }
}
