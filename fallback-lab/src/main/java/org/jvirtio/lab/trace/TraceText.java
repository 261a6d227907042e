package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;

/**
 * A trace for people, one event a line: when, what the bus saw, and what it means.
 *
 * <pre>
 *      0.081 ms  w8  BAR4+0x14 0x01  COMMON_CFG DEVICE_STATUS  ACKNOWLEDGE  (virtio 1.4 ...)
 *      0.102 ms  -- interrupts msix 2
 * </pre>
 */
public final class TraceText {

    /** What a report shows of a run that went wrong: as many events as a page has lines. */
    public static final int REPORTED_EVENTS = 60;

    private static final double NANOS_PER_MILLI = 1e6;

    private TraceText() {}

    /** The {@link #REPORTED_EVENTS} that end with event number {@code last}. */
    static List<String> upTo(int last, Trace trace) {
        List<String> lines = lines(trace.with(trace.events().subList(0, last + 1)));
        return lines.subList(Math.max(0, lines.size() - REPORTED_EVENTS), lines.size());
    }

    /** All events of a trace. */
    public static List<String> lines(Trace trace) {
        return lines(trace, TraceFilter.ALL);
    }

    /** The events that {@code filter} lets through; marks only if it lets everything through. */
    public static List<String> lines(Trace trace, TraceFilter filter) {
        NamedTrace named = NamedTrace.of(trace);
        Map<Integer, NamedAccess> byEvent = new HashMap<>();
        named.accesses().forEach(access -> byEvent.put(access.index(), access));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < trace.events().size(); i++) {
            TraceEvent event = trace.events().get(i);
            if (event instanceof Mark mark && filter.equals(TraceFilter.ALL)) {
                lines.add(time(event) + "  -- " + mark.text());
            } else if (byEvent.containsKey(i) && filter.accepts(byEvent.get(i))) {
                lines.add(time(event) + "  " + line(byEvent.get(i)));
            }
        }
        return lines;
    }

    /** What the bus saw and what it means, without the time. */
    static String line(NamedAccess access) {
        StringBuilder line = new StringBuilder(String.format("%-26s", access.raw()));
        line.append(access.throughPciCfg() ? "  = " + access.access() : "");
        line.append("  ").append(access.name());
        line.append(access.meaning().isEmpty() ? "" : "  " + access.meaning());
        line.append(access.clause().isEmpty() ? "" : "  (" + access.clause() + ")");
        return line.toString();
    }

    private static String time(TraceEvent event) {
        return String.format(Locale.ROOT, "%12.3f ms", event.nanos() / NANOS_PER_MILLI);
    }
}
