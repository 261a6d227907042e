package org.jvirtio.dump;

import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarRegisters;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/**
 * A function of which only the configuration bytes are left: it can be decoded and a layout be
 * chosen for it, and nothing else. Sizes of BARs are unknown.
 */
public final class DumpFunction implements PciFunction {

    private final String name;
    private final Registers config;
    private final List<Bar> bars;

    /**
     * Wraps saved bytes.
     *
     * @param name for people: {@code dump:machine.txt@00:05.0}
     * @param bytes 64, 256 or 4096 of them
     */
    public DumpFunction(String name, byte[] bytes) {
        if (!DumpFile.isConfigLength(bytes.length)) {
            throw new EnvironmentException(
                    String.format(
                            "reading %s: it has %d bytes; a configuration space has 64 (all that"
                                    + " may be read without privilege), 256 or 4096. Save it again"
                                    + " with lspci -xxx or from /sys/bus/pci/devices.",
                            name, bytes.length));
        }
        this.name = name;
        this.config = new DumpRegisters(name, bytes);
        this.bars = BarRegisters.decode(config);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Registers config() {
        return config;
    }

    /** Those that had an address when the dump was saved. */
    @Override
    public List<Bar> bars() {
        return bars;
    }

    @Override
    public Registers open(Window window) {
        throw refuse("opening " + window + " of " + name);
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        throw refuse("giving DMA memory to " + name);
    }

    @Override
    public FunctionInterrupts interrupts() {
        throw refuse("asking for the interrupts of " + name);
    }

    /** Does nothing: there is nothing to reset. */
    @Override
    public void reset() {}

    /** Does nothing: there is no memory to keep. */
    @Override
    public void quarantine() {}

    @Override
    public void close() {}

    static EnvironmentException refuse(String action) {
        return new EnvironmentException(
                action
                        + ": a dump is a saved copy of configuration bytes, there is no device behind"
                        + " it. Use the reach emulated, sysfs or vfio to drive one.");
    }
}
