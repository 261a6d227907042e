package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/** A function of which one can tell afterwards how it was given up. */
final class WatchedFunction implements PciFunction {

    private final PciFunction function;
    private final List<String> events = new ArrayList<>();

    private WatchedFunction(PciFunction function) {
        this.function = function;
    }

    static WatchedFunction emulated(String device) {
        return new WatchedFunction(EmulatedDevices.parse(device));
    }

    /** {@code quarantine} and {@code close}, in the order of their calls. */
    List<String> events() {
        return events;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public Registers config() {
        return function.config();
    }

    @Override
    public List<Bar> bars() {
        return function.bars();
    }

    @Override
    public Registers open(Window window) {
        return function.open(window);
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        return function.dmaMemory(addressing);
    }

    @Override
    public FunctionInterrupts interrupts() {
        return function.interrupts();
    }

    @Override
    public void reset() {
        function.reset();
    }

    @Override
    public void quarantine() {
        events.add("quarantine");
        function.quarantine();
    }

    @Override
    public void close() {
        events.add("close");
        function.close();
    }
}
