package org.jvirtio.lab.faults;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.PciFunction;

/**
 * A function whose memory has canaries behind each region, and which remembers how it was given up.
 *
 * <pre>
 *   | region, as long as was asked for | 16 canaries |
 * </pre>
 */
final class GuardedFunction extends ForwardedFunction {

    private static final int CANARIES = 16;
    private static final int CANARY = 0xc5;

    /** What {@link Surroundings#SMALL_MEMORY} has in one piece. */
    private static final long PIECE = 64 << 10;

    /** What {@link Surroundings#HIGH_MEMORY} adds: a page number has 32 bits. */
    private static final long HIGH = 1L << 44;

    private final Surroundings surroundings;
    private final List<DmaRegion> whole = new ArrayList<>();
    private boolean quarantined;
    private boolean closed;
    private String overrun = "";

    GuardedFunction(PciFunction function, Surroundings surroundings) {
        super(function);
        this.surroundings = surroundings;
    }

    boolean isQuarantined() {
        return quarantined;
    }

    boolean isClosed() {
        return closed;
    }

    /** What was written behind a region that a driver allocated; empty if nothing was. */
    String overrun() {
        whole.forEach(this::look);
        return overrun;
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        return new GuardedMemory(super.dmaMemory(addressing));
    }

    @Override
    public void quarantine() {
        quarantined = true;
        super.quarantine();
    }

    @Override
    public void close() {
        if (!closed) {
            whole.forEach(this::look);
            whole.clear();
            closed = true;
            super.close();
        }
    }

    private void look(DmaRegion region) {
        NativeMemory memory = region.memory();
        for (long i = memory.length() - CANARIES; i < memory.length(); i++) {
            if (memory.read8(i) != CANARY) {
                overrun =
                        String.format(
                                "byte 0x%x of a region of 0x%x bytes is 0x%02x",
                                i, memory.length() - CANARIES, memory.read8(i));
            }
        }
    }

    private final class GuardedMemory implements DmaMemory {

        private final DmaMemory memory;

        GuardedMemory(DmaMemory memory) {
            this.memory = memory;
        }

        @Override
        public DmaRegion allocate(long length, long alignment) {
            if (surroundings == Surroundings.SMALL_MEMORY && length > PIECE) {
                throw new EnvironmentException(
                        String.format(
                                "Allocating 0x%x bytes of DMA memory: no piece has more than 0x%x."
                                        + " Provide larger pages.",
                                length, PIECE));
            }
            DmaRegion all = memory.allocate(length + CANARIES, alignment);
            all.memory().fill(length, CANARIES, CANARY);
            whole.add(all);
            long moved = surroundings == Surroundings.HIGH_MEMORY ? HIGH : 0;
            return new DmaRegion(
                    all.memory().slice(0, length), all.deviceAddress() + moved, () -> release(all));
        }

        @Override
        public String description() {
            return memory.description();
        }

        private void release(DmaRegion all) {
            if (whole.remove(all)) {
                look(all);
                all.close();
            }
        }
    }
}
