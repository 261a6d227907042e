package org.jvirtio.lab.matrix;

import org.jvirtio.InterruptMode;

/** The rung of the interrupt ladder that a cell has to reach (section 4.1.5.1.2). */
public enum CellInterrupts {
    MSIX("msix", InterruptMode.VECTOR_PER_QUEUE),
    MSIX_SHARED("msix-shared", InterruptMode.SHARED_VECTOR),
    INTX("intx", InterruptMode.INTX),
    POLLING("polling", InterruptMode.POLLING);

    private final String label;
    private final InterruptMode mode;

    CellInterrupts(String label, InterruptMode mode) {
        this.label = label;
        this.mode = mode;
    }

    public String label() {
        return label;
    }

    InterruptMode mode() {
        return mode;
    }

    boolean needsMsix() {
        return this == MSIX || this == MSIX_SHARED;
    }
}
