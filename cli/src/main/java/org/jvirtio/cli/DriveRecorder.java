package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.queue.Virtqueue;
import org.jvirtio.trace.Trace;

/** Records how one function is driven, if a page is to show it; otherwise it does nothing. */
final class DriveRecorder {

    /** More than any start has; the work that comes after it is not kept. */
    private static final int MOST_EVENTS = 10_000;

    private static final int MOST_QUEUES = 4;

    private final boolean records;
    private final List<QueueSnapshot> queues = new ArrayList<>();
    private Optional<RecordingFunction.InMemory> recording = Optional.empty();
    private Optional<Trace> trace = Optional.empty();

    DriveRecorder(boolean records) {
        this.records = records;
    }

    /** The function to drive in place of {@code function}; closing it closes that. */
    PciFunction over(PciFunction function) {
        if (!records) {
            return function;
        }
        recording = Optional.of(RecordingFunction.inMemory(function, MOST_EVENTS));
        return recording.get().function();
    }

    /** The start is over: what was recorded until now is kept. */
    void started() {
        trace = recording.map(RecordingFunction.InMemory::trace);
    }

    /** Keeps what is in a queue at this moment. */
    void look(Virtqueue queue) {
        if (records && queues.size() < MOST_QUEUES) {
            queues.add(queue.snapshot());
        }
    }

    boolean records() {
        return records;
    }

    /** A start that failed is kept as far as it came. */
    Recorded recorded() {
        if (trace.isEmpty()) {
            started();
        }
        return trace.map(kept -> Recorded.of(kept, queues)).orElse(Recorded.NOTHING);
    }
}
