package org.jvirtio.serve;

import java.util.Arrays;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.PassedEvent;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.ModelFunction;
import org.jvirtio.vfio.IrqIndex;
import org.jvirtio.vfio.IrqInfoField;
import org.jvirtio.vfio.IrqSetField;

/**
 * Interrupts as a client sets them (vfio-user, VFIO_USER_DEVICE_SET_IRQS): a range of lines of one
 * kind is given event descriptors, is masked, or is raised to try it.
 */
final class IrqCommands {

    /** Kinds that VFIO numbers: INTx, MSI, MSI-X, errors, requests. */
    static final int COUNT = 5;

    private static final int DATA =
            IrqSetField.DATA_NONE | IrqSetField.DATA_BOOL | IrqSetField.DATA_EVENTFD;
    private static final int ACTION =
            IrqSetField.ACTION_MASK | IrqSetField.ACTION_UNMASK | IrqSetField.ACTION_TRIGGER;

    private final ModelFunction function;
    private final ClientInterrupts client;

    IrqCommands(ModelFunction function, ClientInterrupts client) {
        this.function = function;
        this.client = client;
    }

    /** How many lines a kind has. */
    int lines(int kind) {
        if (kind == IrqIndex.MSIX.number()) {
            return function.interrupts().msixVectors();
        }
        return kind == IrqIndex.INTX.number() && function.interrupts().hasIntx() ? 1 : 0;
    }

    int flags(int kind) {
        if (lines(kind) == 0) {
            return 0;
        }
        int both = IrqInfoField.FLAG_EVENTFD | IrqInfoField.FLAG_MASKABLE;
        return kind == IrqIndex.INTX.number() ? both | IrqInfoField.FLAG_AUTOMASKED : both;
    }

    void set(NativeMemory payload, int length, PassedDescriptors passed) throws Refusal {
        int flags = payload.read32(IrqSetField.FLAGS.offset());
        int kind = payload.read32(IrqSetField.INDEX.offset());
        int start = payload.read32(IrqSetField.START.offset());
        int count = payload.read32(IrqSetField.COUNT.offset());
        requireSense(flags, kind, start, count);
        if (count == 0) {
            off(flags, kind);
        } else if ((flags & IrqSetField.DATA_EVENTFD) != 0) {
            connect(flags, kind, start, adopt(count, passed));
        } else {
            boolean[] chosen = chosen(flags, count, payload, length);
            function.locked(
                    () -> {
                        for (int i = 0; i < count; i++) {
                            if (chosen[i]) {
                                act(flags, kind, start + i);
                            }
                        }
                    });
        }
    }

    private void requireSense(int flags, int kind, int start, int count) throws Refusal {
        boolean one = Integer.bitCount(flags & DATA) == 1 && Integer.bitCount(flags & ACTION) == 1;
        if (!one || (flags & ~(DATA | ACTION)) != 0) {
            throw Refusal.invalid(
                    String.format(
                            "setting interrupts with flags 0x%x, which are not one kind of data and one"
                                    + " action",
                            flags));
        }
        if (kind < 0 || kind >= COUNT) {
            throw Refusal.invalid(
                    String.format("setting interrupts of kind %d of %d", kind, COUNT));
        }
        int lines = lines(kind);
        if (start < 0 || count < 0 || start > lines || count > lines - start) {
            throw Refusal.invalid(
                    String.format(
                            "setting %d interrupts from %d on, of kind %d, which has %d",
                            count, start, kind, lines));
        }
    }

    /** "A count (and start) of 0, with data flags of NONE disables all interrupts of the index." */
    private void off(int flags, int kind) throws Refusal {
        if (flags != (IrqSetField.DATA_NONE | IrqSetField.ACTION_TRIGGER)) {
            throw Refusal.invalid(String.format("setting no interrupts with flags 0x%x", flags));
        }
        function.locked(
                () -> {
                    for (int line = 0; line < lines(kind); line++) {
                        connect(kind, line, null);
                    }
                    if (kind == IrqIndex.MSIX.number() && lines(kind) > 0) {
                        function.interrupts().disableMsix();
                    }
                });
    }

    /** All of them or none: what is no event descriptor is refused. No descriptor: disconnects. */
    private static PassedEvent[] adopt(int count, PassedDescriptors passed) throws Refusal {
        PassedEvent[] events = new PassedEvent[count];
        if (passed.count() == 0) {
            return events;
        }
        if (passed.count() != count) {
            throw Refusal.invalid(
                    String.format(
                            "setting %d interrupts with %d descriptors", count, passed.count()));
        }
        try {
            for (int i = 0; i < count; i++) {
                events[i] = adoptOne(i, passed);
            }
            return events;
        } catch (Refusal e) {
            closeAll(events);
            throw e;
        }
    }

    private static PassedEvent adoptOne(int line, PassedDescriptors passed) throws Refusal {
        try {
            return PassedEvent.adopt(passed.take(line, "an interrupt of the client"))
                    .orElseThrow(
                            () ->
                                    Refusal.invalid(
                                            String.format(
                                                    "descriptor %d of an interrupt is no event"
                                                            + " descriptor",
                                                    line)));
        } catch (EnvironmentException e) { // The client can look by itself as well.
            throw new Refusal(Errno.EOPNOTSUPP, e.getMessage());
        }
    }

    private void connect(int flags, int kind, int start, PassedEvent[] events) throws Refusal {
        if ((flags & IrqSetField.ACTION_TRIGGER) == 0) {
            closeAll(events);
            throw new Refusal(Errno.EOPNOTSUPP, "masking interrupts by event descriptors");
        }
        function.locked(
                () -> {
                    for (int i = 0; i < events.length; i++) {
                        connect(kind, start + i, events[i]);
                    }
                    if (kind == IrqIndex.MSIX.number() && events[0] != null) {
                        function.interrupts().enableMsix();
                    }
                });
    }

    /** A vector that goes nowhere holds its messages back, as a masked one does. */
    private void connect(int kind, int line, PassedEvent event) {
        if (kind == IrqIndex.MSIX.number()) {
            client.vector(line, event);
            function.interrupts().mask(line, event == null);
        } else {
            client.pin(event);
        }
    }

    private static boolean[] chosen(int flags, int count, NativeMemory payload, int length)
            throws Refusal {
        boolean[] chosen = new boolean[count];
        if ((flags & IrqSetField.DATA_NONE) != 0) {
            Arrays.fill(chosen, true);
            return chosen;
        }
        if (length - IrqSetField.LENGTH < count) {
            throw Refusal.invalid(
                    String.format(
                            "setting %d interrupts with %d bytes of data",
                            count, length - IrqSetField.LENGTH));
        }
        for (int i = 0; i < count; i++) {
            chosen[i] = payload.read8(IrqSetField.LENGTH + (long) i) != 0;
        }
        return chosen;
    }

    private void act(int flags, int kind, int line) {
        boolean msix = kind == IrqIndex.MSIX.number();
        if ((flags & IrqSetField.ACTION_TRIGGER) != 0) {
            if (msix) {
                client.message(line);
            } else {
                client.testPin();
            }
            return;
        }
        boolean masked = (flags & IrqSetField.ACTION_MASK) != 0;
        if (msix) {
            function.interrupts().mask(line, masked);
        } else {
            client.maskPin(masked);
        }
    }

    private static void closeAll(PassedEvent[] events) {
        for (PassedEvent event : events) {
            if (event != null) {
                event.close();
            }
        }
    }
}
