package org.jvirtio.transport;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;

/** A platform whose offers and refusals a test writes down; it keeps the MSI-X bit as hardware. */
final class ScriptedInterrupts implements FunctionInterrupts {

    private static final int MESSAGE_CONTROL = ScriptedFunction.MSIX_CAPABILITY + 2;

    final List<ScriptedInterrupt> vectors = new ArrayList<>();
    final Pin pin = new Pin();
    int table;
    boolean hasPin;
    String limitation = "";
    boolean refusesMsix;
    boolean refusesPin;
    boolean forgetsToEnable;

    private final List<String> events;
    private final ByteRegisters config;

    ScriptedInterrupts(ByteRegisters config, List<String> events) {
        this.config = config;
        this.events = events;
    }

    @Override
    public int msixVectors() {
        return table;
    }

    @Override
    public boolean hasIntx() {
        return hasPin;
    }

    @Override
    public String limitation() {
        return limitation;
    }

    @Override
    public List<Interrupt> enableMsix(int count) {
        events.add("msix " + count);
        if (refusesMsix) {
            throw new EnvironmentException("no remapping.");
        }
        config.write16(MESSAGE_CONTROL, forgetsToEnable ? 0 : 0x8000);
        vectors.clear();
        for (int i = 0; i < count; i++) {
            vectors.add(new ScriptedInterrupt());
        }
        return List.copyOf(vectors);
    }

    @Override
    public Intx enableIntx() {
        events.add("intx");
        if (refusesPin) {
            throw new EnvironmentException("no line is routed.");
        }
        return pin;
    }

    @Override
    public void disable() {
        events.add("disable");
        config.write16(MESSAGE_CONTROL, 0);
    }

    /** The pin, which writes down when it is let go. */
    final class Pin implements Intx {

        final ScriptedInterrupt raised = new ScriptedInterrupt();

        @Override
        public boolean await(long nanos) {
            return raised.await(nanos);
        }

        @Override
        public void unmask() {
            events.add("unmask");
        }
    }
}
