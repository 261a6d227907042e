package org.jvirtio.learn.picture;

import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.device.NetDriver;

/** What the driver of a device type asks for. */
final class Needs {

    private Needs() {}

    static DriverNeeds of(DeviceType type) {
        return switch (type) {
            case BLOCK -> BlockDriver.needs();
            case ENTROPY -> EntropyDriver.needs();
            case NETWORK -> NetDriver.needs();
            default -> DriverNeeds.of(type);
        };
    }
}
