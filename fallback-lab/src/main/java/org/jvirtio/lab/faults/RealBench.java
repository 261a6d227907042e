package org.jvirtio.lab.faults;

import java.util.function.Function;
import org.jvirtio.DeviceType;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.PciFunction;

/** Devices that nobody here made, and that can be made to lie by overlays alone. */
final class RealBench implements Bench {

    private final Function<String, PciFunction> opener;
    private final String device;
    private Mask mask;

    /**
     * Prepares; nothing is opened.
     *
     * @param opener opens what the table calls {@code device}
     */
    RealBench(Function<String, PciFunction> opener, String device) {
        this.opener = opener;
        this.device = device;
    }

    @Override
    public DeviceType type() {
        try (PciFunction function = opener.apply(device)) {
            return DeviceIdentity.of(function.config()).type().orElseThrow();
        }
    }

    @Override
    public PciFunction open(Injection injection) {
        mask = new Mask(injection);
        return mask.over(opener.apply(device));
    }

    /** A real device does not tell what a driver did to it. */
    @Override
    public String harm(Injection injection) {
        return mask.harm();
    }
}
