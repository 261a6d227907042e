package org.jvirtio.transport;

import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;

/**
 * The pin: the ISR byte tells why it was raised. The byte is read before the platform lets the pin
 * fire again, since only reading it lowers the pin.
 */
final class PinLine implements SharedInterrupt.Line {

    private final FunctionInterrupts.Intx pin;
    private final Isr isr;

    PinLine(FunctionInterrupts.Intx pin, Isr isr) {
        this.pin = pin;
        this.isr = isr;
    }

    @Override
    public int await(long nanos) {
        if (!pin.await(nanos)) {
            return LIMIT_PASSED;
        }
        int causes = isr.take();
        pin.unmask();
        return causes;
    }

    @Override
    public Interrupt source() {
        return pin;
    }

    /** A pin with no cause to tell was not raised, or somebody else lets it fire again. */
    @Override
    public int acknowledge() {
        int causes = isr.take();
        if (causes != 0) {
            pin.unmask();
        }
        return causes;
    }
}
