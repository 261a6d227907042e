package org.jvirtio.serve;

import org.jvirtio.model.DriverMemory;
import org.jvirtio.model.DriverSide;

/** Whoever is connected, as the function reaches it; while nobody is, there is nothing to reach. */
final class ServedDriver implements DriverSide {

    private final DmaMap memory = new DmaMap();

    /** Made once the function tells how many vectors it has; it interrupts nobody before. */
    private ClientInterrupts interrupts = new ClientInterrupts(0);

    void vectors(int count) {
        interrupts = new ClientInterrupts(count);
    }

    DmaMap memory() {
        return memory;
    }

    ClientInterrupts interrupts() {
        return interrupts;
    }

    /** Addresses are the client's own, whatever was negotiated: it maps what the driver names. */
    @Override
    public DriverMemory memory(boolean accessPlatform) {
        return memory;
    }

    @Override
    public void message(int vector) {
        interrupts.message(vector);
    }

    @Override
    public void pin(boolean asserted) {
        interrupts.level(asserted);
    }

    /** The client is gone, and the device was reset. */
    void clear() {
        memory.clear();
        interrupts.clear();
    }
}
