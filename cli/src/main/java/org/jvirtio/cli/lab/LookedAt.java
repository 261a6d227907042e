package org.jvirtio.cli.lab;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jvirtio.DeviceType;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.faults.FoundDevice;
import org.jvirtio.lab.matrix.CellDevice;
import org.jvirtio.lab.matrix.FoundLayouts;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.PciFunction;

/** What the configuration space of a function says, before anything is driven. */
record LookedAt(DeviceType type, FoundLayouts shown) {

    static LookedAt of(NamedFunction named) {
        try (PciFunction function = named.look()) {
            DeviceIdentity identity = DeviceIdentity.of(function.config());
            DeviceType type =
                    identity.type()
                            .orElseThrow(
                                    () ->
                                            new UsageException(
                                                    "looking at "
                                                            + named.name()
                                                            + ": no device that can be driven; "
                                                            + identity.reason()
                                                            + ". Name another one."));
            return new LookedAt(type, FoundLayouts.of(function));
        }
    }

    /** As the matrix drives it. */
    CellDevice cellDevice() {
        return Arrays.stream(CellDevice.values())
                .filter(some -> some.type() == type)
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "driving cells on a "
                                                + type.label()
                                                + " device: there are cells for "
                                                + Arrays.stream(CellDevice.values())
                                                        .map(CellDevice::label)
                                                        .collect(Collectors.joining(", "))
                                                + ". Name one of these, or use check."));
    }

    /** As faults are tried on it. */
    FoundDevice faulty(NamedFunction named, String command) {
        return new FoundDevice(named.label(), type, shown, named::open, command);
    }
}
