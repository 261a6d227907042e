package org.jvirtio.model;

import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;

/**
 * The device side of one PCI function: configuration space, BARs and MSI-X table around a {@link
 * DeviceModel}. Who its driver is, and where, it does not know ({@link DriverSide}); whatever the
 * driver does wrong is written down in {@link #complaints}.
 *
 * <pre>
 *   config(), readBar(), writeBar() ---> ConfigSpace, ModelBar ---> ModelDevice ---> DeviceModel
 *   DriverSide  &lt;--- message, pin ------ MsixTable &lt;-------------------'
 *               &lt;--- memory ------------ ModelQueue
 * </pre>
 *
 * <p>After power-on its registers are decoded as firmware leaves them, and bus mastering is off. A
 * driver that turns decoding off through the Command register gets what it asked for: reads of all
 * ones; without bus mastering there is no DMA and no MSI-X.
 *
 * <p>Thread-safe: every access takes the function's lock.
 */
public final class ModelFunction implements ModelHost, AutoCloseable {

    private final String name;
    private final DeviceModel model;
    private final FunctionOptions options;
    private final DriverSide driver;
    private final Complaints complaints = new Complaints();
    private final LayoutLatch latch = new LayoutLatch();
    private final ConfigSpace config = new ConfigSpace(this);
    private final MsixTable msix;
    private final InterruptControl interrupts;
    private final ModelDevice device;
    private final FunctionPlan plan;
    private final FunctionBars bars;
    private final ModelWorker worker;
    private boolean closed;

    /** Makes a function that shows {@code model} to {@code driver}. */
    public ModelFunction(
            String name, DeviceModel model, FunctionOptions options, DriverSide driver) {
        this.name = name;
        this.model = model;
        this.options = options;
        this.driver = driver;
        options.requireConsistent();
        this.msix = new MsixTable(options.vectorsFor(model.queueCount()), new Messages());
        this.interrupts = new InterruptControl(this, config, msix, options.intx());
        this.device = new ModelDevice(model, options, new Bus(), latch, complaints);
        this.plan = new FunctionPlan(device, options, latch, msix, config);
        this.bars = new FunctionBars(plan, config, complaints);
        this.worker = options.timing() == Timing.OWN_THREAD ? new ModelWorker(this) : null;
        config.enableDecoding();
        config.keepAsPowerOn();
        attach();
    }

    /** What a model opened before it failed must not stay open: nobody has it to close it. */
    private void attach() {
        try {
            model.attach(this);
        } catch (RuntimeException e) {
            if (worker != null) {
                worker.close();
            }
            model.close();
            throw e;
        }
    }

    /** What people typed to name it: {@code emulated:block}. */
    public String name() {
        return name;
    }

    /** The virtio device type (virtio 1.4 section 5). */
    public int typeId() {
        return model.typeId();
    }

    /** Configuration space: aligned accesses of 1, 2 and 4 bytes. */
    public Registers config() {
        return config;
    }

    /** The implemented BARs, by index. */
    public List<Bar> bars() {
        return bars.list();
    }

    /** Where a doorbell of this function can be rung by an event instead of a write. */
    public List<DoorbellPlace> doorbells() {
        return plan.doorbells();
    }

    public InterruptControl interrupts() {
        return interrupts;
    }

    /** What the driver did wrong so far. */
    public Complaints complaints() {
        return complaints;
    }

    /** The layouts whose registers were touched in BARs since the function was made. */
    public Set<LayoutKind> touchedLayouts() {
        return latch.touched();
    }

    /** How often the {@link Fault} of a ring acted: 0 or 1. */
    public int faultsDone() {
        return answer(() -> device.mischief().done());
    }

    /**
     * A driver's read of 1, 2 or 4 bytes of a BAR that there is.
     *
     * @return all ones if the Command register has the BAR turned off; 0 if it is misaligned
     */
    public int readBar(int bar, long offset, int width) {
        requireOpen();
        return answer(() -> bars.read(bar, offset, width));
    }

    /** A driver's write of 1, 2 or 4 bytes to a BAR that there is. */
    public void writeBar(int bar, long offset, int width, int value) {
        requireOpen();
        locked(() -> bars.write(bar, offset, width, value));
    }

    /** The doorbell of a queue rang, although nothing was written to it. */
    public void ring(int queue) {
        locked(() -> device.doorbell(queue));
    }

    /** Resets the device; Command register, BARs and interrupts stay, as with a kernel's reset. */
    public void reset() {
        locked(device::reset);
    }

    /** Everything as after power-on: the next driver finds a function that nobody used. */
    public void powerOn() {
        locked(
                () -> {
                    device.reset();
                    msix.maskAll();
                    config.powerOn();
                    pinChanged();
                });
    }

    /** Does the deferred work: serves the queues that rang and gives back what was kept. */
    public void run() {
        locked(
                () -> {
                    device.work();
                    device.flush();
                });
    }

    /** Serves the queues that rang. */
    public void serve() {
        locked(device::work);
    }

    /** True if something is done that only {@link #run} gives back. */
    public boolean keepsRequests() {
        return answer(() -> device.keepsRequests() ? 1 : 0) != 0;
    }

    /** True from DRIVER_OK to the reset. */
    public boolean isRunning() {
        return answer(() -> device.isRunning() ? 1 : 0) != 0;
    }

    /**
     * Memory is about to be freed or unmapped: no queue and no request may lie in it.
     *
     * @return true if one does: the device holds pointers into it, until it is reset
     */
    public boolean releasing(long address, long length) {
        return answer(() -> device.releasing(address, length) ? 1 : 0) != 0;
    }

    /** Stops the model's thread and bus mastering; {@link #close} does the rest. */
    void stop() {
        if (worker != null) {
            worker.close();
        }
        locked(() -> config.enableBusMaster(false));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stop();
            interrupts.disable();
            model.close();
        }
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
        try {
            device.serveNow(queue, action);
        } catch (InternalError gone) {
            // The driver's memory is a file that was cut short: its fault, and not the caller's.
            device.loseMemory();
        }
        if (worker != null && device.keepsRequests()) {
            worker.wake(); // No doorbell rang that would have.
        }
    }

    /** The BARs as PCI_CFG reaches them. */
    FunctionBars decodedBars() {
        return bars;
    }

    synchronized int answer(IntSupplier question) {
        return question.getAsInt();
    }

    /** What the platform does before a driver comes. */
    void enableDecoding() {
        locked(config::enableDecoding);
    }

    void enableBusMaster() {
        locked(() -> config.enableBusMaster(true));
    }

    /** The driver wrote to configuration space. */
    void configWritten() {
        pinChanged();
        msix.deliverPending();
    }

    void pinChanged() {
        boolean level = options.intx() && device.interrupts().pinLevel();
        config.showInterrupt(level);
        driver.pin(level && !config.intxDisabled());
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
            driver.message(vector);
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
            ModelFunction.this.pinChanged();
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
            ModelFunction.this.locked(action);
        }

        @Override
        public DriverMemory memory(boolean accessPlatform) {
            return driver.memory(accessPlatform);
        }
    }
}
