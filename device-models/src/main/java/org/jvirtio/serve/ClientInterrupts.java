package org.jvirtio.serve;

import org.jvirtio.linux.PassedEvent;

/**
 * The event descriptors by which a client is interrupted: one for each MSI-X vector, and one for
 * the pin, which masks itself each time it fires (linux/vfio.h, VFIO_IRQ_INFO_AUTOMASKED).
 *
 * <p>Used under the function's lock.
 */
final class ClientInterrupts {

    private final PassedEvent[] vectors;
    private PassedEvent pin;
    private boolean asserted;
    private boolean masked;

    ClientInterrupts(int count) {
        vectors = new PassedEvent[count];
    }

    /** A message of the function arrived. */
    void message(int vector) {
        if (vectors[vector] != null) {
            vectors[vector].signal();
        }
    }

    /** The function's pin has this level now. */
    void level(boolean high) {
        asserted = high;
        fire();
    }

    void maskPin(boolean now) {
        masked = now;
        fire();
    }

    /** Raises the pin's descriptor whatever its level is. */
    void testPin() {
        if (pin != null) {
            pin.signal();
        }
    }

    /** From now on a vector goes to this descriptor, or, if that is null, to nobody. */
    void vector(int vector, PassedEvent event) {
        close(vectors[vector]);
        vectors[vector] = event;
    }

    void pin(PassedEvent event) {
        close(pin);
        pin = event;
        masked = false;
        fire();
    }

    /** The client is gone. */
    void clear() {
        for (int i = 0; i < vectors.length; i++) {
            vector(i, null);
        }
        pin(null);
        asserted = false;
    }

    private void fire() {
        if (asserted && !masked && pin != null) {
            masked = true;
            pin.signal();
        }
    }

    private static void close(PassedEvent event) {
        if (event != null) {
            event.close();
        }
    }
}
