package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.PciFunction;

/** A function of which one can tell afterwards how it was given up. */
final class WatchedFunction extends ForwardedFunction {

    private final List<String> events = new ArrayList<>();

    private WatchedFunction(PciFunction function) {
        super(function);
    }

    static WatchedFunction emulated(String device) {
        return new WatchedFunction(EmulatedDevices.parse(device));
    }

    /** {@code quarantine} and {@code close}, in the order of their calls. */
    List<String> events() {
        return events;
    }

    @Override
    public void quarantine() {
        events.add("quarantine");
        super.quarantine();
    }

    @Override
    public void close() {
        events.add("close");
        super.close();
    }
}
