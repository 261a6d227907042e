package com.example.app;

import java.util.HexFormat;
import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsEntry;
import org.jvirtio.sysfs.SysfsFunction;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfio.VfioFunction;

/** The only process of its guest: finds an entropy device, prints bytes from it, and ends. */
public final class MyApp {

    private static final int NO_DEVICE = 3;

    private MyApp() {}

    /** The argument is how many bytes to read, by default 16. The guest ends as this does. */
    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16;
        Optional<PciFunction> function = find(DeviceType.ENTROPY);
        if (function.isEmpty()) {
            System.err.println(
                    "my-app: looking for an entropy device: this guest has none. Boot it with"
                            + " --device virtio-rng-pci.");
            System.exit(NO_DEVICE);
        }
        System.out.println(read(function.get(), count));
    }

    // tag::find[]
    static Optional<PciFunction> find(DeviceType type) {
        SysfsBus bus = new SysfsBus();
        for (SysfsEntry entry : bus.list()) {
            try (PciFunction look = SysfsFunction.inspect(bus, entry.address())) {
                if (DeviceIdentity.of(look.config()).type().equals(Optional.of(type))) {
                    return Optional.of(
                            VfioFunction.open(
                                    bus, entry.address(), DriverBinding.Permission.UNBOUND));
                }
            }
        }
        return Optional.empty();
    }
    // end::find[]

    static String read(PciFunction function, int count) {
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(function, DeviceType.ENTROPY, choice.require()))) {
            byte[] random = new byte[count];
            driver.fill(random);
            return function.name() + " " + HexFormat.of().formatHex(random);
        }
    }
}
