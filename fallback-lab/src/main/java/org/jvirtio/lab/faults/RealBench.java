package org.jvirtio.lab.faults;

import org.jvirtio.DeviceType;
import org.jvirtio.lab.Station;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.PciFunction;

/** Devices that nobody here made, and that can be made to lie by overlays alone. */
final class RealBench implements Bench {

    private final Station station;
    private final String device;
    private Mask mask;

    /** Prepares; nothing is opened. */
    RealBench(Station station, String device) {
        this.station = station;
        this.device = device;
    }

    @Override
    public DeviceType type() {
        try (PciFunction function = station.near(device)) {
            return DeviceIdentity.of(function.config()).type().orElseThrow();
        }
    }

    @Override
    public PciFunction open(Injection injection) {
        mask = new Mask(injection);
        return mask.over(station.near(device));
    }

    /** A real device does not tell what a driver did to it. */
    @Override
    public String harm(Injection injection) {
        return mask.harm();
    }
}
