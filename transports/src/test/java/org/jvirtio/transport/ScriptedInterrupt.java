package org.jvirtio.transport;

import org.jvirtio.Interrupt;

/** An interrupt that came a given number of times; it never waits. */
final class ScriptedInterrupt implements Interrupt {

    private int times;

    void raise() {
        times++;
    }

    @Override
    public boolean await(long nanos) {
        if (times == 0) {
            return false;
        }
        times--;
        return true;
    }
}
