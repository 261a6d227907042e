package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;
import org.jvirtio.Registers;
import org.jvirtio.linux.LentEvent;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.MsixField;
import org.jvirtio.vfio.IrqIndex;

/**
 * The interrupts of a function, each an event descriptor of ours that the server raises (vfio-user,
 * VFIO_USER_DEVICE_SET_IRQS). The function itself is told as well, in its configuration space: a
 * guest would do that.
 */
final class VfioUserInterrupts implements FunctionInterrupts {

    private static final int ENABLE = 1 << 15;
    private static final int FUNCTION_MASK = 1 << 14;

    private final ClientSession session;
    private final VfioUserDevice device;
    private final Registers config;
    private final Optional<MsixCapability> msix;
    private final VfioUserDevice.Interrupts vectors;
    private final VfioUserDevice.Interrupts pin;
    private final boolean hasPin;
    private final List<LentEvent> events = new ArrayList<>();
    private IrqIndex on;

    VfioUserInterrupts(ClientSession session, VfioUserDevice device, Registers config) {
        this.session = session;
        this.device = device;
        this.config = config;
        msix = CapabilityList.of(config).first(MsixCapability.class);
        vectors = device.interrupts(IrqIndex.MSIX);
        pin = device.interrupts(IrqIndex.INTX);
        hasPin = config.read(ConfigRegister.INTERRUPT_PIN) != 0;
        session.whenEnded(this::wakeAll);
    }

    private boolean canDeliver() {
        return session.server().maxMsgFds() > 0;
    }

    @Override
    public int msixVectors() {
        int entries = msix.map(MsixCapability::entries).orElse(0);
        return canDeliver() ? Math.min(entries, vectors.count()) : 0;
    }

    @Override
    public boolean hasIntx() {
        return canDeliver() && hasPin && pin.count() > 0;
    }

    @Override
    public String limitation() {
        if (canDeliver()) {
            return hasPin && pin.count() == 0 ? "the server does not deliver the pin" : "";
        }
        return hasPin || msix.isPresent()
                ? "the server takes no descriptors (max_msg_fds is 0), and interrupts are some"
                : "";
    }

    @Override
    public List<Interrupt> enableMsix(int count) {
        if (count < 1 || count > msixVectors()) {
            throw new IllegalArgumentException(
                    count + " MSI-X vectors; this function has " + msixVectors());
        }
        turnOn(IrqIndex.MSIX, count);
        control(ENABLE);
        List<Interrupt> interrupts = new ArrayList<>();
        for (LentEvent event : events) {
            interrupts.add(new Line(event));
        }
        return interrupts;
    }

    @Override
    public Intx enableIntx() {
        if (!hasIntx()) {
            throw new IllegalArgumentException("this function has no interrupt pin");
        }
        turnOn(IrqIndex.INTX, 1);
        silencePin(false);
        return new Pin(events.get(0));
    }

    @Override
    public void disable() {
        if (on == null) {
            return;
        }
        IrqIndex off = on;
        on = null;
        try {
            if (off == IrqIndex.MSIX) {
                control(0);
            } else {
                silencePin(true);
            }
            device.turnOff(off);
        } finally {
            closeEvents();
        }
    }

    private void turnOn(IrqIndex index, int count) {
        disable();
        try {
            addEvents(count);
            device.deliver(index, events);
            on = index;
        } catch (RuntimeException e) {
            closeEvents();
            throw e;
        }
    }

    private synchronized void addEvents(int count) {
        for (int i = 0; i < count; i++) {
            events.add(new LentEvent());
        }
    }

    private synchronized void closeEvents() {
        events.forEach(LentEvent::close);
        events.clear();
    }

    /** Whoever waits for a server that is gone learns it now, not when its patience ends. */
    private synchronized void wakeAll() {
        events.forEach(LentEvent::wake);
    }

    private void control(int bits) {
        int at = msix.orElseThrow().bytes().configOffset() + MsixField.MESSAGE_CONTROL.offset();
        int control = config.read16(at) & ~(ENABLE | FUNCTION_MASK);
        config.write16(at, control | bits);
    }

    private void silencePin(boolean silent) {
        int bit = CommandBit.INTERRUPT_DISABLE.mask();
        int command = config.read(ConfigRegister.COMMAND);
        config.write(ConfigRegister.COMMAND, silent ? command | bit : command & ~bit);
    }

    /** One event descriptor, for as long as there is a server to raise it. */
    private class Line implements Interrupt {
        private final LentEvent event;

        Line(LentEvent event) {
            this.event = event;
        }

        @Override
        public boolean await(long nanos) {
            boolean came = event.await(nanos);
            session.requireOpen();
            return came;
        }

        @Override
        public Optional<InterruptSet> newSet() {
            return event.newSet();
        }

        @Override
        public Interrupt line() {
            return event;
        }
    }

    /** The pin: masked by the server when it fires, if that can mask it. */
    private final class Pin extends Line implements Intx {

        Pin(LentEvent event) {
            super(event);
        }

        @Override
        public void unmask() {
            if (pin.maskable()) {
                device.unmask(IrqIndex.INTX);
            }
        }
    }
}
