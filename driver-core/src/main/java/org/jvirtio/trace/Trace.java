package org.jvirtio.trace;

import java.util.List;

/**
 * A recorded run.
 *
 * @param lost how many events came before the first one here and were not kept
 */
public record Trace(TraceHeader header, long lost, List<TraceEvent> events) {

    public Trace {
        events = List.copyOf(events);
    }

    /** The accesses, without the marks. */
    public List<Access> accesses() {
        return events.stream().filter(Access.class::isInstance).map(Access.class::cast).toList();
    }

    /** The same run with other events. */
    public Trace with(List<TraceEvent> others) {
        return new Trace(header, lost, others);
    }
}
