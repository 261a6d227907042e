package org.jvirtio.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/**
 * A function without a device behind it: registers that a test puts there, and a record of what was
 * asked for.
 */
final class ScriptedFunction implements PciFunction {

    static final int MSIX_CAPABILITY = 0x40;
    static final Bar PORTS = new Bar(0, Bar.Space.IO, false, false, 0xc000, 0x40);
    static final Bar MEMORY = new Bar(4, Bar.Space.MEMORY, true, true, 0xfe000000L, 0x4000);

    final List<String> events = new ArrayList<>();
    final List<Window> opened = new ArrayList<>();
    final ByteRegisters config = new ByteRegisters(256);
    final ScriptedInterrupts interrupts = new ScriptedInterrupts(config, events);
    private final Map<String, Registers> registers = new HashMap<>();

    ScriptedFunction() {
        config.set(0x06, 0x10);
        config.set(0x34, MSIX_CAPABILITY);
        config.set(MSIX_CAPABILITY, 0x11, 0, 0, 0);
    }

    ScriptedFunction withoutMsixCapability() {
        config.set(0x34, 0);
        return this;
    }

    /** Puts registers at an offset of a BAR. */
    ScriptedFunction put(Bar bar, long offset, Registers there) {
        registers.put(bar.index() + "+" + offset, there);
        return this;
    }

    @Override
    public String name() {
        return "scripted:0";
    }

    @Override
    public Registers config() {
        return config;
    }

    @Override
    public List<Bar> bars() {
        return List.of(PORTS, MEMORY);
    }

    @Override
    public Registers open(Window window) {
        opened.add(window);
        return registers.computeIfAbsent(
                window.bar().index() + "+" + window.offset(),
                place -> new ByteRegisters((int) window.length()));
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        return new NamedMemory(addressing.name());
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    @Override
    public void reset() {
        events.add("function reset");
    }

    @Override
    public void quarantine() {
        events.add("quarantine");
    }

    @Override
    public void close() {
        events.add("close");
    }

    private record NamedMemory(String description) implements DmaMemory {
        @Override
        public DmaRegion allocate(long length, long alignment) {
            throw new UnsupportedOperationException("there is no memory here, only its name");
        }
    }
}
