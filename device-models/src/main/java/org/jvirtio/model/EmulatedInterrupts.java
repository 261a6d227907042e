package org.jvirtio.model;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;

/**
 * The platform's end of the interrupts of an emulated function. What a kernel would do with the
 * MSI-X capability and table is done here, so that the function itself stays as on a bus.
 */
final class EmulatedInterrupts implements FunctionInterrupts {

    private final EmulatedFunction function;
    private final MsixTable table;
    private final boolean hasPin;

    private List<CountedInterrupt> vectors = List.of();
    private CountedIntx intx;

    EmulatedInterrupts(EmulatedFunction function, MsixTable table, boolean hasPin) {
        this.function = function;
        this.table = table;
        this.hasPin = hasPin;
    }

    @Override
    public int msixVectors() {
        return table.vectors();
    }

    @Override
    public boolean hasIntx() {
        return hasPin;
    }

    @Override
    public String limitation() {
        return "";
    }

    @Override
    public List<Interrupt> enableMsix(int count) {
        if (count < 1 || count > table.vectors()) {
            throw new EnvironmentException(
                    String.format(
                            "enabling %d MSI-X vectors of %s: its table has %d entries. Ask for"
                                    + " fewer vectors, or give the device more with vectors=N.",
                            count, function.name(), table.vectors()));
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
                        table.mask(i, false);
                    }
                    function.configSpace().enableMsix(true);
                    function.pinChanged();
                });
        return List.copyOf(enabled);
    }

    @Override
    public Intx enableIntx() {
        if (!hasPin) {
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
                    function.configSpace().disableIntx(false);
                    function.pinChanged();
                });
        return pin;
    }

    @Override
    public void disable() {
        function.locked(
                () -> {
                    if (table.vectors() > 0) {
                        function.configSpace().enableMsix(false);
                    }
                    function.configSpace().disableIntx(true);
                    table.maskAll();
                    vectors = List.of();
                    intx = null;
                    function.pinChanged();
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
