package org.jvirtio.vfio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.MappedRegisters;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarRegisters;
import org.jvirtio.pci.Closing;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;
import org.jvirtio.sysfs.CommandRegister;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;

/**
 * A function through VFIO: mapped registers, DMA behind the IOMMU, interrupts, reset. This process
 * is its only user until it is closed. How its device file is had, a {@link PathChoice} decides.
 *
 * <p>Not thread-safe, but for {@link #releaseRequested}.
 */
public final class VfioFunction implements PciFunction {

    static final String DRIVER = "vfio-pci";

    private static final String NOIOMMU_WARNING =
            "WARNING: no IOMMU protects this machine: the device, and whoever controls it, can read"
                    + " and overwrite all memory, the kernel's too. Use it only on a machine that you"
                    + " can afford to lose.";

    private final VfioName name;
    private final PathChoice choice;
    private final VfioDevice device;
    private final Registers config;
    private final CommandRegister command;
    private final VfioInterrupts interrupts;
    private final VfioDma dma;
    private final EventFd releaseRequest;
    private final List<MappedRegisters> mapped = new ArrayList<>();
    private boolean releaseRequested;
    private final Closing closing;

    private VfioFunction(
            VfioName name,
            PathChoice choice,
            DriverBinding binding,
            VfioAccess access,
            EventFd releaseRequest) {
        this.name = name;
        this.choice = choice;
        this.device = access.device();
        this.releaseRequest = releaseRequest;
        Region region = device.region(Region.CONFIG);
        config = device.registers(region, 0, region.size());
        command = new CommandRegister(config);
        interrupts = new VfioInterrupts(device, config.read(ConfigRegister.INTERRUPT_PIN) != 0);
        dma = new VfioDma(access.addressSpace());
        // Closing the files alone makes the kernel take everything back.
        closing =
                new Closing()
                        .step(command::stopBusMaster)
                        .step(interrupts::disable)
                        .unlessQuarantined(dma::close)
                        .unlessQuarantined(command::restore)
                        .unlessQuarantined(this::closeRegisters)
                        .unlessQuarantined(access::close)
                        .unlessQuarantined(releaseRequest::close)
                        .unlessQuarantined(binding::close);
        listenForReleaseRequest();
    }

    private void listenForReleaseRequest() {
        if (device.interruptCount(IrqIndex.REQUEST) > 0) {
            try (NativeMemory set = IrqSet.deliver(IrqIndex.REQUEST, List.of(releaseRequest))) {
                device.setInterrupts(set, "Close the function.");
            }
        }
    }

    /** Takes a function by the path that is chosen for it. */
    public static VfioFunction open(
            SysfsBus bus, PciAddress address, DriverBinding.Permission permission) {
        return open(bus, VfioName.of(address), permission);
    }

    /**
     * Takes a function: chooses the path to it, binds it to vfio-pci if it is not yet, and opens
     * it.
     *
     * @throws EnvironmentException if that cannot be had on this machine, and what would help
     */
    public static VfioFunction open(
            SysfsBus bus, VfioName name, DriverBinding.Permission permission) {
        PathChoice choice = PathChoice.of(VfioHost.ofThisMachine(), name);
        VfioPath path = choice.require();
        OpenFiles opened = new OpenFiles();
        try {
            DriverBinding binding =
                    opened.add(DriverBinding.take(bus, name.address(), DRIVER, permission));
            VfioAccess access = opened.add(path.open(bus, name.address()));
            EventFd releaseRequest = opened.add(new EventFd());
            return new VfioFunction(name, choice, binding, access, releaseRequest);
        } catch (RuntimeException e) {
            throw opened.closeAfter(e);
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
        long[] lengths = new long[BarRegisters.COUNT];
        for (int index = 0; index < lengths.length; index++) {
            lengths[index] = device.region(index).size();
        }
        return RegionBars.bars(config, lengths);
    }

    @Override
    public Registers open(Window window) {
        command.decodeBars();
        Region region = device.region(window.bar().index());
        if (window.offset() > region.size() || window.length() > region.size() - window.offset()) {
            throw new EnvironmentException(
                    String.format(
                            "opening %s of %s: VFIO gives 0x%x bytes of this BAR. Look at the"
                                    + " function with lspci -vv; its BAR may have no address.",
                            window, name(), region.size()));
        }
        if (!region.mayMap(window.offset(), window.length())) {
            return device.registers(region, window.offset(), window.length());
        }
        MappedRegisters registers =
                MappedRegisters.map(
                        device.descriptor(),
                        region.position(),
                        window.offset(),
                        window.length(),
                        window + " of " + name());
        mapped.add(registers);
        return registers;
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        DmaMemory memory = dma.memory(addressing);
        command.masterBus();
        return memory;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    /** Why the path was chosen, and the warning of one that protects nothing. */
    @Override
    public List<String> decisions() {
        List<String> decisions = new ArrayList<>(choice.reasons());
        warning().ifPresent(decisions::add);
        return decisions;
    }

    /** What whoever asked for this path has to be told, loudly. */
    public Optional<String> warning() {
        return choice.path().filter(VfioPath.NOIOMMU::equals).map(path -> NOIOMMU_WARNING);
    }

    /**
     * True once the kernel has asked for the function back, because it is being unplugged or bound
     * to another driver. It still works, but whoever asked is waiting: close it soon.
     */
    public boolean releaseRequested() {
        if (!closing.isClosed() && releaseRequest.take() > 0) {
            releaseRequested = true;
        }
        return releaseRequested;
    }

    @Override
    public void reset() {
        device.reset();
    }

    @Override
    public void quarantine() {
        closing.quarantine();
        dma.quarantine();
    }

    /**
     * Gives the function back. After a {@link #quarantine} only bus mastering and interrupts are
     * turned off: closing the files of VFIO would unmap the memory, so they stay open until the
     * process ends.
     */
    @Override
    public void close() {
        closing.close();
    }

    private void closeRegisters() {
        mapped.forEach(MappedRegisters::close);
    }
}
