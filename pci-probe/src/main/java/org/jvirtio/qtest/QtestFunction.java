package org.jvirtio.qtest;

import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Closing;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;
import org.jvirtio.sysfs.CommandRegister;

/**
 * A function of a QEMU that runs no guest. Needs neither root nor KVM nor an IOMMU; an address in a
 * ring is guest-physical, whatever the device takes it for.
 */
public final class QtestFunction implements PciFunction {

    private final QtestName name;
    private final QtestMachine machine;
    private final Registers config;
    private final List<Bar> bars;
    private final CommandRegister command;
    private final QtestBlocks blocks;
    private final DmaArena arena;
    private final QtestInterrupts interrupts;
    private final Closing closing;

    private QtestFunction(QtestName name, QtestMachine machine) {
        this.name = name;
        this.machine = machine;
        bars = machine.bars(name.address());
        config = machine.config(name.address());
        command = new CommandRegister(config);
        blocks = new QtestBlocks(machine.memory());
        arena = new DmaArena(blocks);
        interrupts =
                new QtestInterrupts(machine, config, MsixTable.of(machine, config, bars), arena);
        closing =
                new Closing()
                        .step(command::stopBusMaster)
                        .step(interrupts::disable)
                        .step(command::restore)
                        .unlessQuarantined(blocks::close)
                        .step(machine::close);
    }

    /**
     * Attaches to the QEMU of a name, and to one function of it.
     *
     * @throws org.jvirtio.EnvironmentException if there is no such QEMU, memory or function
     */
    public static QtestFunction open(QtestName name) {
        QtestMachine machine = QtestMachine.attach(name.socket(), name.memory());
        try {
            return new QtestFunction(name, machine);
        } catch (RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    /**
     * Looks at a function. Where the BARs of that machine have addresses nothing is written, since
     * whoever gave them may use them: what is shown are saved bytes, and the lengths of the BARs
     * are unknown. Where nobody gave any, this does, as {@link #open}.
     *
     * @throws org.jvirtio.EnvironmentException as {@link #open}
     */
    public static PciFunction look(QtestName name) {
        try (QtestMachine machine = QtestMachine.attach(name.socket(), name.memory())) {
            return machine.configBytes(name.address())
                    .<PciFunction>map(bytes -> new DumpFunction(name.toString(), bytes))
                    .orElseGet(() -> open(name));
        }
    }

    @Override
    public String name() {
        return name.toString();
    }

    @Override
    public Registers config() {
        return config;
    }

    @Override
    public List<Bar> bars() {
        return bars;
    }

    @Override
    public Registers open(Window window) {
        command.decodeBars();
        return machine.registers(window.bar(), window.offset(), window.length());
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        command.masterBus();
        return arena;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    /** A machine without a guest offers no reset of one function. */
    @Override
    public void reset() {}

    @Override
    public void quarantine() {
        closing.quarantine();
        arena.quarantine();
        machine.memory().keep();
    }

    /** Whatever fails, since QEMU may be gone: the memory and the connection are given up. */
    @Override
    public void close() {
        closing.close();
    }
}
