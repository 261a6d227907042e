package org.jvirtio.model;

import java.util.List;
import java.util.Set;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;

/**
 * A PCI function whose device is a model in this process: no hardware, no rights and no second
 * process are needed, and whatever the driver does wrong is written down in {@link #complaints}.
 *
 * <pre>
 *   driver --- config(), open(window) ---> ModelFunction
 *          &lt;-- interrupts() -------------      |
 *          --- dmaMemory() -------------> EmulatedMemory
 * </pre>
 *
 * <p>{@link #open} turns decoding on, {@link #dmaMemory} bus mastering, as any reach has to.
 *
 * <p>The driver uses it from one thread, the model may work on another ({@link Timing}), and tests
 * may call {@link #run} and the model's own methods through {@link #locked} from any.
 */
public final class EmulatedFunction implements PciFunction, ModelHost {

    /** Above 4 GiB, so that a driver which loses the upper half of an address is found out. */
    private static final long PHYSICAL_BASE = 0x1_0000_0000L;

    /** Elsewhere, so that a driver which mixes up the two kinds of address is found out. */
    private static final long PLATFORM_BASE = 0x20_0000_0000L;

    private final ModelFunction function;
    private final EmulatedInterrupts interrupts;
    private final EmulatedMemory physical;
    private final EmulatedMemory platform;
    private boolean quarantined;
    private boolean closed;

    /** Makes a function that shows {@code model}. */
    public EmulatedFunction(String name, DeviceModel model, FunctionOptions options) {
        this.function = new ModelFunction(name, model, options, new Driver());
        this.interrupts = new EmulatedInterrupts(function);
        this.physical = memoryAt("emulated guest-physical memory", PHYSICAL_BASE);
        this.platform = memoryAt("emulated I/O-virtual memory", PLATFORM_BASE);
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
        requireOpen();
        if (!bars().contains(window.bar())) {
            throw new IllegalArgumentException(name() + " has no such BAR: " + window);
        }
        function.enableDecoding();
        return new BarWindow(function, window);
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        requireOpen();
        function.enableBusMaster();
        return addressing == Addressing.PLATFORM ? platform : physical;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    /** Resets the device; Command register, BARs and interrupts stay, as with a kernel's reset. */
    @Override
    public void reset() {
        function.reset();
    }

    @Override
    public void quarantine() {
        quarantined = true;
        physical.quarantine();
        platform.quarantine();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        function.stop();
        if (function.isRunning() && !quarantined) {
            complaints().add(name() + " is closed while its device runs (section 3.3)");
        }
        interrupts.disable();
        physical.close();
        platform.close();
        function.close();
    }

    /** What the driver did wrong so far. */
    public Complaints complaints() {
        return function.complaints();
    }

    /** How often the {@link Fault} of a ring acted: 0 or 1. */
    public int faultsDone() {
        return function.faultsDone();
    }

    /** The layouts whose registers were touched in BARs since the function was made. */
    public Set<LayoutKind> touchedLayouts() {
        return function.touchedLayouts();
    }

    /** Does the deferred work: serves the queues that rang and gives back what was kept. */
    public void run() {
        function.run();
    }

    @Override
    public void locked(Runnable action) {
        function.locked(action);
    }

    @Override
    public void configChanged() {
        function.configChanged();
    }

    @Override
    public void serveNow(int queue, Runnable action) {
        function.serveNow(queue, action);
    }

    private EmulatedMemory memoryAt(String description, long base) {
        return new EmulatedMemory(description, base, function::releasing);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name() + " is closed");
        }
    }

    /** The driver in this process, as its function reaches it. */
    private final class Driver implements DriverSide {

        @Override
        public DriverMemory memory(boolean accessPlatform) {
            return accessPlatform ? platform : physical;
        }

        @Override
        public void message(int vector) {
            interrupts.message(vector);
        }

        @Override
        public void pin(boolean asserted) {
            interrupts.pin(asserted);
        }
    }
}
