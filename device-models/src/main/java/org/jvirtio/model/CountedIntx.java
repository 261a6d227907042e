package org.jvirtio.model;

import org.jvirtio.pci.FunctionInterrupts;

/**
 * The level-triggered pin as a platform hands it on: it fires once, is masked, and fires again
 * after {@link #unmask} if the level is still high.
 */
final class CountedIntx extends CountedInterrupt implements FunctionInterrupts.Intx {

    private boolean high;
    private boolean masked;

    /** The pin has this level now. */
    synchronized void level(boolean asserted) {
        high = asserted;
        fire();
    }

    @Override
    public synchronized void unmask() {
        masked = false;
        fire();
    }

    private void fire() {
        if (high && !masked) {
            masked = true;
            signal();
        }
    }
}
