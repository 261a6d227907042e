package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Handshake;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.trace.LatestEvents;
import org.jvirtio.trace.TraceRecorder;
import org.jvirtio.transport.Transports;

/**
 * A function whose register accesses are written down, and whose memory can be looked at: what a
 * picture of a device at work is made from. Closing it closes the function.
 */
final class StartedDevice extends ForwardedFunction {

    private static final int MOST_EVENTS = 100_000;

    private final LatestEvents events = new LatestEvents(MOST_EVENTS);
    private final TraceRecorder recorder = new TraceRecorder(events);
    private final List<DmaRegion> regions = new ArrayList<>();
    private boolean closed;

    StartedDevice(PciFunction function) {
        super(function);
    }

    /**
     * Chooses, opens and starts.
     *
     * @param capacity entries wanted of each queue
     */
    RunningDevice start(LayoutChoice choice, DriverNeeds needs, int capacity) {
        return Handshake.run(
                Transports.open(this, needs.type(), choice.require()),
                needs.withCapacity(capacity));
    }

    /** What the device says it is. */
    static DeviceType type(LayoutChoice choice) {
        return choice.identity()
                .type()
                .orElseThrow(
                        () ->
                                new LayoutException(
                                        "drawing "
                                                + choice.function()
                                                + ": it is no virtio device of a known type ("
                                                + choice.identity()
                                                + "). Name another function."));
    }

    /** As the layout is confirmed by the device itself. */
    static LayoutChoice choose(PciFunction function, Policy policy) {
        return Transports.confirm(function, LayoutChoice.of(function, policy));
    }

    static String label(LayoutChoice choice) {
        return choice.layout().map(VirtioLayout::label).orElse("none");
    }

    LatestEvents events() {
        return events;
    }

    /** Our bytes behind a device address. */
    DmaRegion regionOf(long deviceAddress) {
        return regions.stream()
                .filter(each -> deviceAddress >= each.deviceAddress())
                .filter(each -> deviceAddress < each.deviceAddress(each.length()))
                .findFirst()
                .orElseThrow();
    }

    /** By the transport that was opened on it, or by whoever made it: once is enough. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            super.close();
        }
    }

    /** The name of a BAR is that of the region, so that a window's offset is kept. */
    @Override
    public Registers open(Window window) {
        return recorder.record("BAR" + window.bar().index(), window.offset(), super.open(window));
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        DmaMemory memory = super.dmaMemory(addressing);
        return new DmaMemory() {
            @Override
            public DmaRegion allocate(long length, long alignment) {
                DmaRegion region = memory.allocate(length, alignment);
                regions.add(region);
                return region;
            }

            @Override
            public String description() {
                return memory.description();
            }
        };
    }
}
