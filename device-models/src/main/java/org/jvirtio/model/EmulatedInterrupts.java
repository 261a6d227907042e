package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;

/** The driver's end of the interrupts of an emulated function: counters in this process. */
final class EmulatedInterrupts implements FunctionInterrupts {

    private final ModelFunction function;
    private final InterruptControl control;

    private List<CountedInterrupt> vectors = List.of();
    private CountedIntx intx;

    EmulatedInterrupts(ModelFunction function) {
        this.function = function;
        this.control = function.interrupts();
    }

    @Override
    public int msixVectors() {
        return control.msixVectors();
    }

    @Override
    public boolean hasIntx() {
        return control.hasIntx();
    }

    @Override
    public String limitation() {
        return "";
    }

    @Override
    public List<Interrupt> enableMsix(int count) {
        if (count < 1 || count > msixVectors()) {
            throw new EnvironmentException(
                    String.format(
                            "enabling %d MSI-X vectors of %s: its table has %d entries. Ask for"
                                    + " fewer vectors, or give the device more with vectors=N.",
                            count, function.name(), msixVectors()));
        }
        requireOff();
        List<CountedInterrupt> enabled = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            enabled.add(new CountedInterrupt());
        }
        function.locked(
                () -> {
                    vectors = enabled;
                    for (int i = 0; i < count; i++) {
                        control.mask(i, false);
                    }
                    control.enableMsix();
                });
        return List.copyOf(enabled);
    }

    @Override
    public Intx enableIntx() {
        if (!hasIntx()) {
            throw new EnvironmentException(
                    "enabling INTx of "
                            + function.name()
                            + ": it has no interrupt pin. Use MSI-X or polling, or leave out"
                            + " intx=off.");
        }
        requireOff();
        CountedIntx pin = new CountedIntx();
        function.locked(
                () -> {
                    intx = pin;
                    control.enableIntx();
                });
        return pin;
    }

    @Override
    public void disable() {
        function.locked(
                () -> {
                    vectors = List.of();
                    intx = null;
                    control.disable();
                });
    }

    /** A message of the function arrived. */
    void message(int vector) {
        if (vector < vectors.size()) {
            vectors.get(vector).signal();
        }
    }

    /** The function's pin has this level now. */
    void pin(boolean asserted) {
        if (intx != null) {
            intx.level(asserted);
        }
    }

    private void requireOff() {
        if (!vectors.isEmpty() || intx != null) {
            throw new IllegalStateException(
                    "interrupts of " + function.name() + " are on already; disable them first");
        }
    }
}
