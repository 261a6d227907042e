package org.jvirtio.lab.trace;

import java.util.List;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;
import org.jvirtio.trace.Trace;

/**
 * A recorded device: a function that answers a driver as the trace says, and refuses a driver that
 * does something else. So a driver can be run again, without the device, on what was recorded of
 * it.
 *
 * <p>The memory of the driver is not in a trace: the device never gives a request back, so only the
 * start of a driver and its end can be run. What was recorded of the work between them is passed
 * over.
 */
public final class ReplayedFunction implements PciFunction {

    private final NamedTrace trace;
    private final ReplayScript script;
    private final ReplayedMemory memory;
    private final Registers config;

    public ReplayedFunction(Trace trace) {
        this.trace = NamedTrace.of(trace);
        this.script = new ReplayScript(this.trace);
        this.memory = new ReplayedMemory();
        this.config =
                new ReplayedRegisters(
                        script, FunctionHeader.CONFIG, 0, this.trace.map().configLength());
    }

    @Override
    public String name() {
        return trace.trace().header().function();
    }

    @Override
    public Registers config() {
        return config;
    }

    @Override
    public List<Bar> bars() {
        return FunctionHeader.bars(trace.trace().header());
    }

    @Override
    public Registers open(Window window) {
        return new ReplayedRegisters(
                script,
                FunctionHeader.regionName(window.bar().index()),
                window.offset(),
                window.length());
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        return memory;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return new ReplayedInterrupts(trace);
    }

    /**
     * Looks whether the driver did all that was recorded, but for phases that it left out.
     *
     * @throws DeviceBrokenException if accesses are left
     */
    public void requireFinished() {
        script.requireFinished();
    }

    /** Does nothing: whatever the reset did is in the trace. */
    @Override
    public void reset() {}

    @Override
    public void quarantine() {
        memory.quarantine();
    }

    @Override
    public void close() {
        memory.close();
    }
}
