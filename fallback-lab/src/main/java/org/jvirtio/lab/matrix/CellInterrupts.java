package org.jvirtio.lab.matrix;

import java.util.Optional;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.FunctionInterrupts;

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

    /**
     * Why a function cannot deliver them to so many queues; empty if it can. That a device refuses
     * what it offers is another matter.
     */
    Optional<String> lacking(FunctionInterrupts offered, int queueCount) {
        int needed = this == MSIX ? 1 + queueCount : 2;
        if (needsMsix() && offered.msixVectors() < needed) {
            return Optional.of(
                    String.format(
                                    "%s takes %d MSI-X vectors, and there are %d %s",
                                    label, needed, offered.msixVectors(), offered.limitation())
                            .strip());
        }
        return this == INTX && !offered.hasIntx()
                ? Optional.of(("there is no INTx here " + offered.limitation()).strip())
                : Optional.empty();
    }
}
