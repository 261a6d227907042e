package org.jvirtio.learn.picture;

import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Handshake;
import org.jvirtio.LayoutException;
import org.jvirtio.RunningDevice;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Trace;
import org.jvirtio.transport.Transports;

/**
 * A function whose accesses are recorded: what a picture of a device at work is made from. Closing
 * it closes the function.
 */
final class StartedDevice extends ForwardedFunction {

    private static final int MOST_EVENTS = 100_000;

    private final RecordingFunction.InMemory recording;
    private boolean closed;

    StartedDevice(PciFunction function) {
        this(RecordingFunction.inMemory(function, MOST_EVENTS));
    }

    private StartedDevice(RecordingFunction.InMemory recording) {
        super(recording.function());
        this.recording = recording;
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

    /** What was recorded until now. */
    Trace trace() {
        return recording.trace();
    }

    /** What was recorded of the device itself, and not of its configuration space. */
    List<Access> registerAccesses() {
        return trace().accesses().stream()
                .filter(access -> access.region().startsWith("BAR"))
                .toList();
    }

    /** By the transport that was opened on it, or by whoever made it: once is enough. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            super.close();
        }
    }
}
