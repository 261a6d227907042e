package org.jvirtio.cli.bench.block;

import java.util.Locale;
import org.jvirtio.InterruptMode;

/** How a driver learns that a request is done. */
enum Waiting {
    /** It looks at the ring without a pause. */
    POLL(InterruptMode.POLLING),
    /** It looks for a moment, then sleeps until an interrupt. */
    MSIX(InterruptMode.VECTOR_PER_QUEUE);

    private final InterruptMode interrupts;

    Waiting(InterruptMode interrupts) {
        this.interrupts = interrupts;
    }

    InterruptMode interrupts() {
        return interrupts;
    }

    /** {@code poll} or {@code msix}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
