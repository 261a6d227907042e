package org.jvirtio.pci;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;

/** All that a choice is made from, read once. */
public record FunctionFacts(DeviceIdentity identity, CapabilityList capabilities, List<Bar> bars) {

    /** Said where a missing capability proves nothing. */
    static final String UNREADABLE =
            "the capability list goes on past the configuration bytes that can be read (reading"
                    + " more than 64 takes root)";

    /** The types of which section 5 says that no device configuration is defined. */
    private static final Set<DeviceType> WITHOUT_CONFIG =
            Set.of(DeviceType.ENTROPY, DeviceType.RTC, DeviceType.SCMI, DeviceType.I2C);

    public FunctionFacts {
        bars = List.copyOf(bars);
    }

    static FunctionFacts of(Registers config, List<Bar> bars) {
        return new FunctionFacts(DeviceIdentity.of(config), CapabilityList.of(config), bars);
    }

    /** The BAR, if it is implemented. */
    Optional<Bar> bar(int index) {
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            if (bar.index() == index && bar.length() != 0) {
                return Optional.of(bar);
            }
        }
        return Optional.empty();
    }

    /** Why there is no BAR {@code index}. */
    Words missingBar(int index) {
        Optional<Bar> before = bar(index - 1);
        return before.isPresent() && before.get().wide()
                ? Words.of("BAR ", index, " is the upper half of BAR ", index - 1)
                : Words.of("BAR ", index, " is not implemented, or has no address");
    }

    /** Section 4.1.4.6.1 asks for one of types that have it; of an unknown type nobody knows. */
    boolean needsDeviceConfig() {
        return identity.type().filter(type -> !WITHOUT_CONFIG.contains(type)).isPresent();
    }

    /** The subject that the evidence of every candidate starts with, and its rules. */
    boolean isVirtio(Checks checks) {
        checks.on(Words.of("ids ", identity));
        return checks.require(
                identity.kind() != DeviceIdentity.Kind.NOT_VIRTIO,
                "the ids are those of a virtio device",
                "virtio 1.4 section 4.1.2.1",
                identity.why());
    }

    boolean namesOneType(Checks checks) {
        return checks.require(
                !identity.contradictsItself(),
                "the ids do not contradict each other",
                "virtio 1.4 section 4.1.2.3",
                identity.why());
    }
}
