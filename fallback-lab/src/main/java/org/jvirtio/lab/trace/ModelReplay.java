package org.jvirtio.lab.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Window;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;

/**
 * Plays a trace to a device: writes are written, reads are read and compared with what was
 * recorded. The same device answers the same, so a change of a model shows as a deviation.
 *
 * <p>The memory of the driver is not in a trace. Doorbells are left out, since the device would
 * look for requests that are not there; and the ISR, which follows from requests, may differ.
 */
public final class ModelReplay {

    /** No single allocation of our drivers comes near. */
    private static final long MOST_MEMORY = 1L << 30;

    private final PciFunction device;
    private final NamedTrace trace;
    private final Map<String, Registers> regions = new HashMap<>();
    private int written;
    private int compared;
    private int leftOut;
    private int deviations;
    private Deviation first;

    /**
     * What came of it.
     *
     * @param written writes that were repeated
     * @param compared reads that were repeated and compared
     * @param leftOut doorbells, and reads of the ISR
     * @param deviations how many reads gave another value
     * @param first the first of them
     */
    public record Result(
            int written, int compared, int leftOut, int deviations, Optional<Deviation> first) {}

    private ModelReplay(NamedTrace trace, PciFunction device) {
        this.trace = trace;
        this.device = device;
        regions.put(FunctionHeader.CONFIG, device.config());
    }

    /**
     * Plays to a device that is as it was when the recording began; it is closed afterwards.
     *
     * @throws EnvironmentException if it lacks a BAR that was accessed
     */
    public static Result run(Trace trace, PciFunction device) {
        try (device) {
            return new ModelReplay(NamedTrace.of(trace), device).run();
        }
    }

    private Result run() {
        int next = 0;
        for (TraceEvent event : trace.trace().events()) {
            if (event instanceof Mark mark) {
                follow(mark);
            } else {
                repeat(trace.accesses().get(next++));
            }
        }
        return new Result(written, compared, leftOut, deviations, Optional.ofNullable(first));
    }

    private void repeat(NamedAccess access) {
        boolean isr = access.register().filter(Registered.ISR::contains).isPresent();
        if (isr || Walk.isWriteTo(access, Registered.DOORBELL)) {
            leftOut++;
            return;
        }
        Registers registers = regions.computeIfAbsent(access.raw().region(), this::open);
        if (access.isWrite()) {
            Playback.write(registers, access.raw());
            written++;
        } else {
            compare(access, Playback.read(registers, access.raw()));
        }
    }

    private void compare(NamedAccess access, int value) {
        compared++;
        Access now = access.raw().withValue(value);
        if (now.value() != access.value()) {
            deviations++;
            if (first == null) {
                first = new Deviation(access.index(), TraceText.line(access), "it is " + now);
            }
        }
    }

    private Registers open(String region) {
        List<Bar> bars = device.bars();
        for (Bar bar : bars) {
            if (FunctionHeader.regionName(bar.index()).equals(region) && bar.lengthKnown()) {
                return device.open(new Window(bar, 0, bar.length()));
            }
        }
        throw new EnvironmentException(
                String.format(
                        "replaying the trace of %s on %s: it has no %s, only %s. Name a device of"
                                + " the same kind.",
                        trace.trace().header().function(), device.name(), region, bars));
    }

    /** Interrupts are switched beside the registers, and registers tell of it. */
    private void follow(Mark mark) {
        if (FunctionMark.RESET.is(mark)) {
            device.reset();
        } else if (FunctionMark.DMA.is(mark)) {
            allocate(mark);
        } else if (FunctionMark.INTERRUPTS.is(mark)) {
            switch (FunctionMark.wordAfter(mark, 0)) {
                case FunctionMark.MSIX -> enableMsix(FunctionMark.wordAfter(mark, 1));
                case FunctionMark.INTX -> device.interrupts().enableIntx();
                default -> device.interrupts().disable();
            }
        }
    }

    /**
     * The device looks whether the addresses that are written to it are memory. A model hands out
     * the same ones again, in the same order; it forgets them when it is closed.
     */
    private void allocate(Mark mark) {
        boolean platform = FunctionMark.wordAfter(mark, 0).equals("platform");
        long length = FunctionMark.numberAfter(mark, 2);
        long alignment = FunctionMark.numberAfter(mark, 3);
        if (length < 1 || length > MOST_MEMORY || Long.bitCount(alignment) != 1) {
            return;
        }
        device.dmaMemory(platform ? Addressing.PLATFORM : Addressing.PHYSICAL)
                .allocate(length, alignment);
    }

    private void enableMsix(String vectors) {
        int most = device.interrupts().msixVectors();
        int count = vectors.matches("[0-9]{1,4}") ? Integer.parseInt(vectors) : 0;
        if (count >= 1 && count <= most) {
            device.interrupts().enableMsix(count);
        }
    }
}
