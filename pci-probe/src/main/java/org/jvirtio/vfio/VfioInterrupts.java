package org.jvirtio.vfio;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;
import org.jvirtio.linux.EventFd;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.pci.FunctionInterrupts;

/** The interrupts of a function, each delivered to an event descriptor. */
final class VfioInterrupts implements FunctionInterrupts {

    private final VfioDevice device;
    private final boolean hasPin;
    private final int msixVectors;
    private final boolean hasIntx;
    private final List<EventFd> events = new ArrayList<>();
    private IrqIndex on;

    /**
     * Describes interrupts.
     *
     * @param hasPin whether the function says that it has one
     */
    VfioInterrupts(VfioDevice device, boolean hasPin) {
        this.device = device;
        this.hasPin = hasPin;
        msixVectors = device.interruptCount(IrqIndex.MSIX);
        hasIntx = device.interruptCount(IrqIndex.INTX) > 0;
    }

    @Override
    public int msixVectors() {
        return msixVectors;
    }

    @Override
    public boolean hasIntx() {
        return hasIntx;
    }

    @Override
    public String limitation() {
        return hasPin && !hasIntx
                ? "the kernel has no route for the interrupt pin of this function"
                : "";
    }

    @Override
    public List<Interrupt> enableMsix(int vectors) {
        if (vectors < 1 || vectors > msixVectors) {
            throw new IllegalArgumentException(
                    vectors + " MSI-X vectors; this function has " + msixVectors);
        }
        turnOn(IrqIndex.MSIX, vectors);
        return List.copyOf(events);
    }

    @Override
    public Intx enableIntx() {
        if (!hasIntx) {
            throw new IllegalArgumentException("this function has no interrupt pin");
        }
        turnOn(IrqIndex.INTX, 1);
        return new Pin(events.get(0));
    }

    @Override
    public void disable() {
        if (on == null) {
            return;
        }
        IrqIndex off = on;
        on = null;
        try (NativeMemory set = IrqSet.off(off)) {
            device.setInterrupts(set, "Close the function.");
        } finally {
            closeEvents();
        }
    }

    private void turnOn(IrqIndex index, int count) {
        disable();
        try {
            for (int i = 0; i < count; i++) {
                events.add(new EventFd());
            }
            deliver(index);
            on = index;
        } catch (EnvironmentException e) {
            closeEvents();
            throw e;
        }
    }

    private void deliver(IrqIndex index) {
        try (NativeMemory set = IrqSet.deliver(index, events)) {
            device.setInterrupts(
                    set,
                    "The machine may be out of interrupt vectors: ask for fewer, or use the pin.");
        }
    }

    private void closeEvents() {
        for (EventFd event : events) {
            event.close();
        }
        events.clear();
    }

    /** The pin; the kernel masks it when it fires. */
    private final class Pin implements Intx {
        private final EventFd event;
        private final NativeMemory unmask = IrqSet.unmask(IrqIndex.INTX, this);

        Pin(EventFd event) {
            this.event = event;
        }

        @Override
        public boolean await(long nanos) {
            return event.await(nanos);
        }

        @Override
        public Optional<InterruptSet> newSet() {
            return event.newSet();
        }

        @Override
        public Interrupt line() {
            return event;
        }

        @Override
        public void unmask() {
            try {
                device.setInterrupts(unmask, "Turn the pin on again.");
            } finally {
                Reference.reachabilityFence(this); // The kernel reads what is freed with this.
            }
        }
    }
}
