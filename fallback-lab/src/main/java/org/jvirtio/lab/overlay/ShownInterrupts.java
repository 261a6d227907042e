package org.jvirtio.lab.overlay;

import java.util.List;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;

/** Fewer interrupts than a function has. */
final class ShownInterrupts implements FunctionInterrupts {

    private final FunctionInterrupts interrupts;
    private final int mostVectors;
    private final boolean pin;

    ShownInterrupts(FunctionInterrupts interrupts, int mostVectors, boolean pin) {
        this.interrupts = interrupts;
        this.mostVectors = mostVectors;
        this.pin = pin;
    }

    @Override
    public int msixVectors() {
        return Math.min(mostVectors, interrupts.msixVectors());
    }

    @Override
    public boolean hasIntx() {
        return pin && interrupts.hasIntx();
    }

    @Override
    public String limitation() {
        return "an overlay leaves " + msixVectors() + " vectors" + (pin ? "" : " and no pin");
    }

    @Override
    public List<Interrupt> enableMsix(int vectors) {
        return interrupts.enableMsix(vectors);
    }

    @Override
    public Intx enableIntx() {
        return interrupts.enableIntx();
    }

    @Override
    public void disable() {
        interrupts.disable();
    }
}
