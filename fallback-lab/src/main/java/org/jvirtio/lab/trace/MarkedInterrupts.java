package org.jvirtio.lab.trace;

import java.util.List;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.trace.TraceRecorder;

/**
 * The interrupts of a function, with a mark when they are switched: a reach may do so where no
 * access to the configuration space is seen.
 */
final class MarkedInterrupts implements FunctionInterrupts {

    private final FunctionInterrupts interrupts;
    private final TraceRecorder recorder;

    MarkedInterrupts(FunctionInterrupts interrupts, TraceRecorder recorder) {
        this.interrupts = interrupts;
        this.recorder = recorder;
    }

    @Override
    public int msixVectors() {
        return interrupts.msixVectors();
    }

    @Override
    public boolean hasIntx() {
        return interrupts.hasIntx();
    }

    @Override
    public String limitation() {
        return interrupts.limitation();
    }

    @Override
    public List<Interrupt> enableMsix(int vectors) {
        List<Interrupt> enabled = interrupts.enableMsix(vectors);
        mark(FunctionMark.MSIX + " " + vectors);
        return enabled;
    }

    @Override
    public Intx enableIntx() {
        Intx pin = interrupts.enableIntx();
        mark(FunctionMark.INTX);
        return pin;
    }

    @Override
    public void disable() {
        interrupts.disable();
        mark(FunctionMark.OFF);
    }

    private void mark(String what) {
        recorder.mark(FunctionMark.INTERRUPTS.text(what));
    }
}
