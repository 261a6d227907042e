package org.jvirtio.sysfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.linux.FileRegisters;
import org.jvirtio.linux.HugePageBlocks;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.MappedRegisters;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/**
 * A function through its files in {@code /sys/bus/pci/devices}: configuration space, memory BARs
 * mapped, port BARs by reading and writing. No IOMMU protects memory from the device, and there are
 * no interrupts.
 *
 * <p>{@link #inspect} opens the configuration space read-only and nothing else: not a byte can be
 * written, whatever is called. {@link #drive} is for a function that no kernel driver has.
 */
public final class SysfsFunction implements PciFunction {

    private static final long PAGE = 4096;

    private final SysfsBus bus;
    private final PciAddress address;
    private final Path directory;
    private final boolean driven;
    private final Descriptor configFile;
    private final FileRegisters config;
    private final CommandRegister command;
    private final HugePageBlocks blocks = new HugePageBlocks();
    private final DmaArena arena = new DmaArena(blocks);
    private final List<AutoCloseable> windows = new ArrayList<>();
    private final FunctionInterrupts interrupts = new NoInterrupts();
    private boolean quarantined;

    private SysfsFunction(SysfsBus bus, PciAddress address, boolean driven) {
        this.bus = bus;
        this.address = address;
        this.directory = bus.directory(address);
        this.driven = driven;
        Path file = directory.resolve("config");
        configFile =
                Descriptor.open(
                        file.toString(),
                        driven ? Libc.O_RDWR : Libc.O_RDONLY,
                        "Run as root to drive a function.");
        config = new FileRegisters(configFile, 0, readableLength(file), driven);
        command = new CommandRegister(config);
    }

    /** Opens a function to look at it: the configuration space can be read, and that is all. */
    public static SysfsFunction inspect(SysfsBus bus, PciAddress address) {
        bus.entry(address);
        return new SysfsFunction(bus, address, false);
    }

    /**
     * Opens a function to drive it.
     *
     * @throws EnvironmentException if a kernel driver has it, or this process has not the right
     */
    public static SysfsFunction drive(SysfsBus bus, PciAddress address) {
        Optional<String> driver = bus.entry(address).driver();
        if (driver.isPresent()) {
            throw new EnvironmentException(
                    String.format(
                            "opening %s to drive it through sysfs: the kernel driver %s has it, and"
                                    + " two drivers on one device destroy its data. Unbind it: echo"
                                    + " %s > %s/unbind",
                            address, driver.get(), address, bus.driverDirectory(driver.get())));
        }
        return new SysfsFunction(bus, address, true);
    }

    @Override
    public String name() {
        return "sysfs:" + address;
    }

    @Override
    public Registers config() {
        return config;
    }

    @Override
    public List<Bar> bars() {
        return Resource.bars(Attribute.read(directory.resolve("resource")));
    }

    @Override
    public Registers open(Window window) {
        requireDriven("opening " + window);
        command.decodeBars();
        String path = directory.resolve("resource" + window.bar().index()).toString();
        Descriptor file =
                Descriptor.open(path, Libc.O_RDWR, "Run as root, on a kernel without lockdown.");
        if (window.bar().space() == Bar.Space.IO) {
            windows.add(file);
            return new FileRegisters(file, window.offset(), window.length(), true);
        }
        try (file) { // a mapping outlives the descriptor it was made with
            // The file begins where the page of the BAR does, and a BAR below 4 KiB may not.
            long inPage = window.bar().address() & (PAGE - 1);
            MappedRegisters registers =
                    MappedRegisters.map(file, 0, inPage + window.offset(), window.length(), path);
            windows.add(registers);
            return registers;
        }
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        requireDriven("allocating DMA memory");
        if (addressing == Addressing.PLATFORM && bus.translates(address)) {
            throw new EnvironmentException(
                    "allocating memory for "
                            + name()
                            + ": its addresses go through an IOMMU, and sysfs has no means to map"
                            + " memory there. Use vfio:"
                            + address
                            + ", or boot with iommu=pt.");
        }
        command.masterBus();
        return arena;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    @Override
    public void reset() {
        Path reset = directory.resolve("reset");
        if (driven && Files.exists(reset)) {
            bus.write(reset, "1");
        }
    }

    @Override
    public void quarantine() {
        quarantined = true;
        arena.quarantine();
    }

    @Override
    public void close() {
        if (configFile.fd() < 0) {
            return;
        }
        try {
            command.restore();
            if (!quarantined) {
                blocks.close();
            }
        } finally {
            closeWindows();
            configFile.close();
        }
    }

    private void closeWindows() {
        for (AutoCloseable window : windows) {
            try {
                window.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a window of " + name(), e);
            }
        }
        windows.clear();
    }

    /** Without privilege only the header can be read, whatever the size of the file says. */
    private long readableLength(Path file) {
        long size = file.toFile().length();
        try (NativeMemory probe = NativeMemory.allocate(Integer.BYTES)) {
            long got =
                    Libc.pread(
                            configFile.fd(),
                            probe.address(),
                            Integer.BYTES,
                            ConfigRegister.HEADER_LENGTH);
            return got == Integer.BYTES ? size : Math.min(size, ConfigRegister.HEADER_LENGTH);
        }
    }

    private void requireDriven(String what) {
        if (!driven) {
            throw new IllegalStateException(
                    what + " of " + name() + ", which was opened to be looked at only");
        }
    }
}
