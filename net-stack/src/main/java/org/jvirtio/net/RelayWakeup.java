package org.jvirtio.net;

import org.jvirtio.Interrupt;
import org.jvirtio.Turn;

/**
 * Has the loop of a {@link FrameRelay} wake up when its source has a frame; the work is that of
 * {@link RelayOut}, which looked there before every sleep.
 */
record RelayWakeup(Interrupt interrupt) implements Turn {

    @Override
    public boolean turn() {
        return false;
    }

    /** A frame that came after the look raised the interrupt, which then ends the sleep at once. */
    @Override
    public boolean arm() {
        return false;
    }

    @Override
    public void disarm() {}
}
