package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jvirtio.trace.Trace;

/**
 * Two traces side by side, access by access, without their times: where they first differ, and what
 * differs in all.
 *
 * @param left accesses of the first trace
 * @param right accesses of the second trace
 * @param first the first difference; empty if there is none
 * @param summary a line for each register that was accessed more often in one of them, or with
 *     other values
 */
public record TraceComparison(
        int left, int right, Optional<Difference> first, List<String> summary) {

    public TraceComparison {
        summary = List.copyOf(summary);
    }

    /**
     * One access of each trace, which should be alike.
     *
     * @param access number of the access, from 0; marks are not counted
     * @param left what the first trace has there; empty if it ended before
     * @param right what the second trace has there; empty if it ended before
     */
    public record Difference(int access, String left, String right) {}

    /**
     * Compares.
     *
     * @param values names of registers whose values may differ, such as {@code QUEUE_DESC}
     * @param polls whether a read that repeats the one before it counts
     */
    public static TraceComparison of(Trace left, Trace right, Set<String> values, boolean polls) {
        List<NamedAccess> a = accesses(left, polls);
        List<NamedAccess> b = accesses(right, polls);
        return new Comparing(a, b, values).compare();
    }

    private static List<NamedAccess> accesses(Trace trace, boolean polls) {
        List<NamedAccess> kept = new ArrayList<>();
        for (NamedAccess access : NamedTrace.of(trace).accesses()) {
            NamedAccess last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            boolean repeats =
                    last != null
                            && access.isRead()
                            && last.raw().isLike(access.raw())
                            && last.value() == access.value();
            if (polls || !repeats) {
                kept.add(access);
            }
        }
        return kept;
    }
}
