package org.jvirtio.transport;

import org.jvirtio.Interrupt;

/** The MSI-X vector that all queues share: it has one reason only, and the ISR is not read. */
final class QueueVectorLine implements SharedInterrupt.Line {

    private final Interrupt vector;

    QueueVectorLine(Interrupt vector) {
        this.vector = vector;
    }

    @Override
    public int await(long nanos) {
        return vector.await(nanos) ? IsrBit.QUEUE.mask() : LIMIT_PASSED;
    }

    @Override
    public Interrupt source() {
        return vector;
    }

    /** A message needs nothing to come again. */
    @Override
    public int acknowledge() {
        return 0;
    }
}
