package org.jvirtio.lab.trace;

import java.util.Locale;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Window;
import org.jvirtio.trace.LatestEvents;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceHeader;
import org.jvirtio.trace.TraceLog;
import org.jvirtio.trace.TraceRecorder;

/**
 * Any function, with each access to its configuration space and its windows written down.
 * Interrupts and memory are those of the function itself; that they were switched or allocated is
 * marked.
 *
 * <pre>
 *   driver --> RecordingFunction --> function
 *                     '--> log
 * </pre>
 *
 * <p>Closing it closes the function. As thread-safe as the function is.
 */
public final class RecordingFunction extends ForwardedFunction {

    private final TraceRecorder recorder;

    /** One object for ever: PCI_CFG takes turns by it. */
    private final Registers config;

    /** Records into {@code log}; take the {@link #header} before. */
    public RecordingFunction(PciFunction function, TraceLog log) {
        super(function);
        this.recorder = new TraceRecorder(log);
        this.config = recorder.record(FunctionHeader.CONFIG, 0, function.config());
    }

    /** What a trace of {@code function} begins with; reads its configuration space. */
    public static TraceHeader header(PciFunction function) {
        return FunctionHeader.of(function);
    }

    /** A recording in memory. */
    public record InMemory(RecordingFunction function, TraceHeader header, LatestEvents log) {

        /** What was recorded until now. */
        public Trace trace() {
            return log.trace(header);
        }
    }

    /** Records into memory, and keeps the latest {@code most} events. */
    public static InMemory inMemory(PciFunction function, int most) {
        TraceHeader header = header(function);
        LatestEvents log = new LatestEvents(most);
        return new InMemory(new RecordingFunction(function, log), header, log);
    }

    /** Marks what is done from now on, such as {@code work}. */
    public void phase(String name) {
        recorder.mark(FunctionMark.PHASE.text(name));
    }

    @Override
    public Registers config() {
        return config;
    }

    @Override
    public Registers open(Window window) {
        return recorder.record(
                FunctionHeader.regionName(window.bar().index()),
                window.offset(),
                super.open(window));
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        return new MarkedMemory(super.dmaMemory(addressing), addressing);
    }

    @Override
    public FunctionInterrupts interrupts() {
        return new MarkedInterrupts(super.interrupts(), recorder);
    }

    @Override
    public void reset() {
        recorder.mark(FunctionMark.RESET.word());
        super.reset();
    }

    @Override
    public void quarantine() {
        recorder.mark(FunctionMark.QUARANTINE.word());
        super.quarantine();
    }

    @Override
    public void close() {
        recorder.mark(FunctionMark.CLOSE.word());
        super.close();
    }

    @Override
    public String toString() {
        return "recorded " + super.toString();
    }

    /** Says which memory the device was shown. */
    private final class MarkedMemory implements DmaMemory {

        private final DmaMemory memory;
        private final Addressing addressing;

        MarkedMemory(DmaMemory memory, Addressing addressing) {
            this.memory = memory;
            this.addressing = addressing;
        }

        @Override
        public DmaRegion allocate(long length, long alignment) {
            DmaRegion region = memory.allocate(length, alignment);
            String kind = addressing.name().toLowerCase(Locale.ROOT);
            recorder.mark(
                    FunctionMark.DMA.text(
                            String.format(
                                    "%s 0x%x 0x%x 0x%x",
                                    kind, region.deviceAddress(), length, alignment)));
            return region;
        }

        @Override
        public String description() {
            return memory.description();
        }
    }
}
