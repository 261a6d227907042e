package org.jvirtio.model;

import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.IntSupplier;
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
 *   driver --- config(), open(window) ---> ConfigSpace, ModelBar ---> ModelDevice ---> DeviceModel
 *          &lt;-- interrupts() ------------- MsixTable, pin &lt;---------------'
 *          --- dmaMemory() -------------> EmulatedMemory &lt;---------- ModelQueue
 * </pre>
 *
 * <p>After power-on its registers are decoded as firmware leaves them, and bus mastering is off.
 * {@link #open} turns decoding on, {@link #dmaMemory} bus mastering, as any reach has to; a driver
 * that turns them off again through the Command register gets what it asked for: reads of all ones,
 * no DMA, no MSI-X.
 *
 * <p>The driver uses it from one thread, the model may work on another ({@link Timing}), and tests
 * may call {@link #run} and the model's own methods through {@link #locked} from any.
 */
public final class EmulatedFunction implements PciFunction, ModelHost {

    /** Above 4 GiB, so that a driver which loses the upper half of an address is found out. */
    private static final long PHYSICAL_BASE = 0x1_0000_0000L;

    /** Elsewhere, so that a driver which mixes up the two kinds of address is found out. */
    private static final long PLATFORM_BASE = 0x20_0000_0000L;

    private final String name;
    private final DeviceModel model;
    private final FunctionOptions options;
    private final Complaints complaints = new Complaints();
    private final LayoutLatch latch = new LayoutLatch();
    private final ConfigSpace config = new ConfigSpace(this);
    private final MsixTable msix;
    private final EmulatedInterrupts interrupts;
    private final ModelDevice device;
    private final FunctionPlan plan;
    private final NavigableMap<Integer, ModelBar> bars;
    private final EmulatedMemory physical;
    private final EmulatedMemory platform;
    private final ModelWorker worker;
    private boolean quarantined;
    private boolean closed;

    /** Makes a function that shows {@code model}. */
    public EmulatedFunction(String name, DeviceModel model, FunctionOptions options) {
        this.name = name;
        this.model = model;
        this.options = options;
        options.requireConsistent();
        this.msix = new MsixTable(options.vectorsFor(model.queueCount()), new Messages());
        this.interrupts = new EmulatedInterrupts(this, msix, options.intx());
        this.device = new ModelDevice(model, options, new Bus(), latch, complaints);
        this.plan = new FunctionPlan(device, options, latch, msix, config);
        this.bars = plan.bars();
        this.physical = memoryAt("emulated guest-physical memory", PHYSICAL_BASE);
        this.platform = memoryAt("emulated I/O-virtual memory", PLATFORM_BASE);
        this.worker = options.timing() == Timing.OWN_THREAD ? new ModelWorker(this) : null;
        config.enableDecoding();
        model.attach(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Registers config() {
        return config;
    }

    @Override
    public List<Bar> bars() {
        return bars.values().stream().map(ModelBar::bar).toList();
    }

    @Override
    public Registers open(Window window) {
        requireOpen();
        ModelBar bar = bars.get(window.bar().index());
        if (bar == null || !bar.bar().equals(window.bar())) {
            throw new IllegalArgumentException(name + " has no such BAR: " + window);
        }
        locked(config::enableDecoding);
        return new BarWindow(this, window);
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        requireOpen();
        locked(() -> config.enableBusMaster(true));
        return addressing == Addressing.PLATFORM ? platform : physical;
    }

    @Override
    public FunctionInterrupts interrupts() {
        return interrupts;
    }

    /** Resets the device; Command register, BARs and interrupts stay, as with a kernel's reset. */
    @Override
    public void reset() {
        locked(device::reset);
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
        if (worker != null) {
            worker.close();
        }
        if (device.isRunning() && !quarantined) {
            complaints.add(name + " is closed while its device runs (section 3.3)");
        }
        locked(() -> config.enableBusMaster(false));
        interrupts.disable();
        physical.close();
        platform.close();
        model.close();
    }

    /** What the driver did wrong so far. */
    public Complaints complaints() {
        return complaints;
    }

    /** How often the {@link Fault} of a ring acted: 0 or 1. */
    public int faultsDone() {
        return answer(() -> device.mischief().done());
    }

    /** The layouts whose registers were touched in BARs since the function was made. */
    public Set<LayoutKind> touchedLayouts() {
        return latch.touched();
    }

    /** Does the deferred work: serves the queues that rang and gives back what was kept. */
    public void run() {
        locked(
                () -> {
                    device.work();
                    device.flush();
                });
    }

    /** The model's own thread: serves the queues that rang. */
    void serve() {
        locked(device::work);
    }

    @Override
    public synchronized void locked(Runnable action) {
        action.run();
    }

    @Override
    public void configChanged() {
        device.configChanged();
    }

    @Override
    public void serveNow(int queue, Runnable action) {
        device.serveNow(queue, action);
        if (worker != null && device.keepsRequests()) {
            worker.wake(); // No doorbell rang that would have.
        }
    }

    boolean keepsRequests() {
        return answer(() -> device.keepsRequests() ? 1 : 0) != 0;
    }

    synchronized int answer(IntSupplier question) {
        return question.getAsInt();
    }

    ConfigSpace configSpace() {
        return config;
    }

    /** A driver's read of a BAR. */
    synchronized int readBar(int bar, long offset, int width) {
        requireOpen();
        if (!decodes(bars.get(bar).bar())) {
            return -1;
        }
        return isAligned("read", bar, offset, width) ? readDecoded(bar, offset, width) : 0;
    }

    /** A driver's write to a BAR. */
    synchronized void writeBar(int bar, long offset, int width, int value) {
        requireOpen();
        if (decodes(bars.get(bar).bar()) && isAligned("write", bar, offset, width)) {
            writeDecoded(bar, offset, width, value);
        }
    }

    /** A read that reached the BAR, from the bus or through PCI_CFG. */
    int readDecoded(int bar, long offset, int width) {
        return bars.get(bar).read(offset, width);
    }

    void writeDecoded(int bar, long offset, int width, int value) {
        bars.get(bar).write(offset, width, value);
    }

    boolean hasStructure(int bar, long offset, int length) {
        return plan.hasStructure(bar, offset, length);
    }

    /** The driver wrote to configuration space. */
    void configWritten() {
        pinChanged();
        msix.deliverPending();
    }

    void pinChanged() {
        boolean level = options.intx() && device.interrupts().pinLevel();
        config.showInterrupt(level);
        interrupts.pin(level && !config.intxDisabled());
    }

    private EmulatedMemory memoryAt(String description, long base) {
        return new EmulatedMemory(
                description,
                base,
                (address, length) -> locked(() -> device.releasing(address, length)));
    }

    private boolean decodes(Bar bar) {
        return bar.space() == Bar.Space.IO ? config.decodesIo() : config.decodesMemory();
    }

    private boolean isAligned(String verb, int bar, long offset, int width) {
        if (offset % width != 0) {
            complaints.add(
                    String.format(
                            "misaligned %s of %d bytes at BAR%d+0x%x (section 4.1.3.1)",
                            verb, width, bar, offset));
        }
        return offset % width == 0;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
    }

    /** What the function lets out of its MSI-X table. */
    private final class Messages implements MsixTable.Delivery {

        @Override
        public boolean open() {
            return config.msixEnabled() && !config.msixMasked() && config.busMaster();
        }

        @Override
        public void deliver(int vector) {
            interrupts.message(vector);
        }
    }

    /** The function as its device sees it. */
    private final class Bus implements Platform {

        @Override
        public boolean msixEnabled() {
            return config.msixEnabled();
        }

        @Override
        public int vectors() {
            return msix.vectors();
        }

        @Override
        public boolean busMaster() {
            return config.busMaster();
        }

        @Override
        public void message(int vector) {
            msix.raise(vector);
        }

        @Override
        public void withdrawMessages() {
            msix.withdraw();
        }

        @Override
        public void pinChanged() {
            EmulatedFunction.this.pinChanged();
        }

        @Override
        public void workPending() {
            if (options.timing() == Timing.IN_DOORBELL) {
                device.work();
            } else if (worker != null) {
                worker.wake();
            }
        }

        @Override
        public void locked(Runnable action) {
            EmulatedFunction.this.locked(action);
        }

        @Override
        public EmulatedMemory memory(boolean accessPlatform) {
            return accessPlatform ? platform : physical;
        }
    }
}
