package org.jvirtio.trace;

import java.util.ArrayDeque;
import java.util.List;

/** Keeps the latest events and forgets the others, so that a long run needs bounded memory. */
public final class LatestEvents implements TraceLog {

    private final int most;
    private final ArrayDeque<TraceEvent> events = new ArrayDeque<>();
    private long lost;

    /** Keeps at most {@code most} events, some 80 bytes each. */
    public LatestEvents(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("keeping " + most + " events; keep at least one");
        }
        this.most = most;
    }

    @Override
    public void add(TraceEvent event) {
        if (events.size() == most) {
            events.removeFirst();
            lost++;
        }
        events.addLast(event);
    }

    /** What was kept until now, as a trace. */
    public Trace trace(TraceHeader header) {
        return new Trace(header, lost, List.copyOf(events));
    }
}
