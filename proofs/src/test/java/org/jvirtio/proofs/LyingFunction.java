package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.Window;

/**
 * A sound emulated function of which any read of a register may be answered by the fuzzer instead.
 * Keeps the books: accesses, memory that is out, whether it was closed and quarantined.
 */
final class LyingFunction extends ForwardedFunction {

    /** Waits of a few milliseconds, each tenth of one with some reads, and a start of some 300. */
    private static final int MOST_ACCESSES = 200_000;

    private final EmulatedFunction function;
    private final FuzzedDataProvider data;
    private final boolean configLies;
    private final List<DmaRegion> out = new ArrayList<>();
    private boolean lying;
    private boolean quarantined;
    private boolean closed;
    private int accesses;

    /**
     * Wraps a function that tells the truth until {@link #beginToLie}.
     *
     * @param configLies whether reads of configuration space are answered too, as they have to be
     *     where registers are reached through it
     */
    LyingFunction(EmulatedFunction function, FuzzedDataProvider data, boolean configLies) {
        super(function);
        this.function = function;
        this.data = data;
        this.configLies = configLies;
    }

    void beginToLie() {
        lying = true;
    }

    /** Checks the books, and then really closes. */
    void requireAllGivenBack() {
        boolean kept = quarantined || out.isEmpty();
        int left = out.size();
        // Native memory lives as long as the process, so what a quarantine keeps goes here.
        List.copyOf(out).forEach(DmaRegion::close);
        function.close();
        if (!closed) {
            throw new AssertionError("the function was not closed");
        }
        if (!kept) {
            throw new AssertionError(left + " regions were not given back, and none quarantined");
        }
    }

    @Override
    public Registers config() {
        return configLies ? new Lies(super.config()) : super.config();
    }

    @Override
    public Registers open(Window window) {
        return new Lies(super.open(window));
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        DmaMemory memory = super.dmaMemory(addressing);
        return new DmaMemory() {
            @Override
            public DmaRegion allocate(long length, long alignment) {
                return watched(memory.allocate(length, alignment));
            }

            @Override
            public String description() {
                return memory.description();
            }
        };
    }

    private DmaRegion watched(DmaRegion region) {
        DmaRegion[] self = new DmaRegion[1];
        self[0] =
                new DmaRegion(
                        region.memory(),
                        region.deviceAddress(),
                        () -> {
                            if (out.remove(self[0])) {
                                region.close();
                            }
                        });
        out.add(self[0]);
        return self[0];
    }

    @Override
    public void quarantine() {
        quarantined = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private int answer(int truth) {
        if (++accesses > MOST_ACCESSES) {
            throw new AssertionError("more than " + MOST_ACCESSES + " accesses");
        }
        if (!lying || data.remainingBytes() == 0 || data.consumeInt(0, 7) != 0) {
            return truth;
        }
        return data.consumeInt();
    }

    /** Registers whose reads may be answered otherwise; what is written arrives. */
    private final class Lies implements Registers {

        private final Registers registers;

        Lies(Registers registers) {
            this.registers = registers;
        }

        @Override
        public long length() {
            return registers.length();
        }

        @Override
        public int read8(int offset) {
            return answer(registers.read8(offset)) & 0xff;
        }

        @Override
        public int read16(int offset) {
            return answer(registers.read16(offset)) & 0xffff;
        }

        @Override
        public int read32(int offset) {
            return answer(registers.read32(offset));
        }

        @Override
        public void write8(int offset, int value) {
            registers.write8(offset, value);
        }

        @Override
        public void write16(int offset, int value) {
            registers.write16(offset, value);
        }

        @Override
        public void write32(int offset, int value) {
            registers.write32(offset, value);
        }
    }
}
