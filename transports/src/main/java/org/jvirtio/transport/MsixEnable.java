package org.jvirtio.transport;

import java.util.Optional;
import org.jvirtio.Registers;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.MsixCapability;

/**
 * Whether MSI-X is enabled right now, as the function's own MSI-X capability says. The legacy
 * layout moves its device configuration by this bit, so what the platform was asked for is not good
 * enough.
 */
final class MsixEnable {

    private final Registers config;
    private final Optional<MsixCapability> capability;

    MsixEnable(Registers config) {
        this.config = config;
        this.capability = CapabilityList.of(config).first(MsixCapability.class);
    }

    /** True if the function has an MSI-X capability. */
    boolean possible() {
        return capability.isPresent();
    }

    boolean now() {
        return capability.isPresent() && capability.get().enabledNow(config);
    }
}
