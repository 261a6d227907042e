package org.jvirtio.qtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.sysfs.PciAddress;

/** The functions on the root bus of a machine, and the addresses of their BARs. */
final class QtestBus {

    private static final int DEVICES = 32;
    private static final int FUNCTIONS = 8;
    private static final int NOBODY = 0xffff;
    private static final int SEVERAL_FUNCTIONS = 0x80;
    private static final int HEADER_KIND = 0x7f;

    private final QtestMachine machine;
    private final Map<PciAddress, List<Bar>> bars = new LinkedHashMap<>();
    private final AddressRange ports = AddressRange.ports();
    private final AddressRange memory = AddressRange.memory();

    private QtestBus(QtestMachine machine) {
        this.machine = machine;
    }

    /** Looks at every place there can be a function, and gives every BAR an address. */
    static QtestBus enumerate(QtestMachine machine) {
        QtestBus bus = new QtestBus(machine);
        for (int device = 0; device < DEVICES; device++) {
            int functions = 1;
            for (int function = 0; function < functions; function++) {
                PciAddress address = new PciAddress(0, 0, device, function);
                if (bus.add(address) && function == 0) {
                    functions = FUNCTIONS;
                }
            }
        }
        return bus;
    }

    /**
     * The BARs of a function.
     *
     * @throws EnvironmentException if there is none
     */
    List<Bar> bars(PciAddress address) {
        List<Bar> found = bars.get(address);
        if (found == null) {
            throw new EnvironmentException(
                    "looking for a function at "
                            + address
                            + ": the root bus has "
                            + bars.keySet()
                            + ". Name one of these, or start QEMU with -device ...,addr="
                            + Integer.toHexString(address.device())
                            + ". Behind bridges nothing is found.");
        }
        return found;
    }

    int functions() {
        return bars.size();
    }

    /** True if the device there has several functions. */
    private boolean add(PciAddress address) {
        Registers config = machine.config(address);
        if (config.read(ConfigRegister.VENDOR_ID) == NOBODY) {
            return false;
        }
        int header = config.read(ConfigRegister.HEADER_TYPE);
        boolean endpoint = (header & HEADER_KIND) == 0;
        bars.put(
                address,
                endpoint ? List.copyOf(new BarSizing(config, ports, memory).assign()) : List.of());
        return (header & SEVERAL_FUNCTIONS) != 0;
    }
}
