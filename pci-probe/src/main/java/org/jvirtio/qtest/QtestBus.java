package org.jvirtio.qtest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarRegisters;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.sysfs.PciAddress;

/**
 * The functions on the root bus of a machine, and the addresses of their BARs. Finding functions
 * writes nothing to them; {@link #settle} does what it takes to drive them.
 */
final class QtestBus {

    private static final int DEVICES = 32;
    private static final int FUNCTIONS = 8;
    private static final int NOBODY = 0xffff;
    private static final int SEVERAL_FUNCTIONS = 0x80;
    private static final int HEADER_KIND = 0x7f;

    private final Map<PciAddress, Registers> functions = new LinkedHashMap<>();
    private Map<PciAddress, List<Bar>> bars = Map.of();

    private QtestBus() {}

    /** Looks at every place there can be a function. */
    static QtestBus find(QtestMachine machine) {
        QtestBus bus = new QtestBus();
        for (int device = 0; device < DEVICES; device++) {
            int places = 1;
            for (int function = 0; function < places; function++) {
                PciAddress address = new PciAddress(0, 0, device, function);
                if (bus.add(address, machine.config(address)) && function == 0) {
                    places = FUNCTIONS;
                }
            }
        }
        return bus;
    }

    /** True if the device there has several functions. */
    private boolean add(PciAddress address, Registers config) {
        if (config.read(ConfigRegister.VENDOR_ID) == NOBODY) {
            return false;
        }
        functions.put(address, config);
        return (config.read(ConfigRegister.HEADER_TYPE) & SEVERAL_FUNCTIONS) != 0;
    }

    List<PciAddress> functions() {
        return List.copyOf(functions.keySet());
    }

    /** True if somebody has given some BAR an address; the bus was looked at and not written. */
    boolean hasAddresses() {
        return functions.values().stream()
                .filter(QtestBus::isEndpoint)
                .flatMap(config -> BarRegisters.decode(config).stream())
                .anyMatch(bar -> bar.address() != 0);
    }

    /** The BARs of a function, after {@link #settle}. */
    List<Bar> bars(PciAddress address) {
        return bars.get(address);
    }

    /**
     * The configuration space of a function.
     *
     * @throws EnvironmentException if there is none
     */
    Registers require(PciAddress address) {
        Registers config = functions.get(address);
        if (config == null) {
            throw new EnvironmentException(
                    "looking for a function at "
                            + address
                            + ": the root bus has "
                            + functions.keySet()
                            + ". Name one of these, or start QEMU with -device ...,addr="
                            + Integer.toHexString(address.device())
                            + ". Behind bridges nothing is found.");
        }
        return config;
    }

    /** Finds out how long each BAR is, and gives an address to each that has none. Once. */
    void settle() {
        if (!bars.isEmpty()) {
            return;
        }
        BarPlaces places = new BarPlaces();
        Map<PciAddress, List<Bar>> found = new LinkedHashMap<>();
        functions.forEach(
                (address, config) ->
                        found.put(
                                address,
                                isEndpoint(config) ? new BarSizing(config).find() : List.of()));
        found.values().forEach(places::keep);
        found.replaceAll(
                (address, some) -> places.place(new BarSizing(functions.get(address)), some));
        bars = found;
    }

    private static boolean isEndpoint(Registers config) {
        return (config.read(ConfigRegister.HEADER_TYPE) & HEADER_KIND) == 0;
    }
}
