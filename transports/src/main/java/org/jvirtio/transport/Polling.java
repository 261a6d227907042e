package org.jvirtio.transport;

import org.jvirtio.Interrupt;

/** No interrupt at all: there may always be something, and looking is the only way to know. */
final class Polling implements Interrupt {

    @Override
    public boolean await(long nanos) {
        Thread.onSpinWait();
        return true;
    }
}
