package org.jvirtio.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Entries put together, so that a ring of a thousand has few parts: neighbours that are free or
 * left over are one run, and those of every state if there are too many of them to go through. What
 * changed stands alone.
 */
final class RingRuns {

    /** As many as somebody would go through one after the other. */
    private static final int MOST_SINGLE = 40;

    /** Neighbours of one state. */
    record Run(List<RingEntry> entries) {

        RingEntry.State state() {
            return entries.get(0).state();
        }

        /** One place that is somebody's now, or that changed. */
        boolean standsOut() {
            return entries.size() == 1 && entries.get(0).standsOut();
        }

        int first() {
            return entries.get(0).index();
        }

        /** The place after the last. */
        int end() {
            return first() + entries.size();
        }

        String words(String what) {
            RingEntry entry = entries.get(0);
            return entries.size() == 1
                    ? String.format("%s %d, %s: %s", what, first(), state().label(), entry.words())
                            + (entry.changed() ? " (changed)" : "")
                    : String.format("%s %d to %d: %s", what, first(), end() - 1, state().label());
        }
    }

    private RingRuns() {}

    static List<Run> of(List<RingEntry> entries) {
        boolean tooMany =
                entries.stream().filter(entry -> entry.state().isBusy()).count() > MOST_SINGLE;
        List<Run> runs = new ArrayList<>();
        for (int begin = 0; begin < entries.size(); ) {
            int end = begin + 1;
            while (end < entries.size() && isOne(entries.get(begin), entries.get(end), tooMany)) {
                end++;
            }
            runs.add(new Run(entries.subList(begin, end)));
            begin = end;
        }
        return runs;
    }

    private static boolean isOne(RingEntry entry, RingEntry next, boolean tooMany) {
        return entry.state() == next.state()
                && !entry.changed()
                && !next.changed()
                && (tooMany || !entry.state().isBusy());
    }
}
