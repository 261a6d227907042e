package org.jvirtio.page;

import java.util.List;

/**
 * A step of something that took time.
 *
 * @param label a few words
 * @param detail a sentence
 * @param moments in the order of time; may be none
 */
public record TimeStep(String label, String detail, List<Moment> moments) {

    /** What a moment was. */
    public enum Kind {
        READ,
        WRITE,
        OTHER
    }

    /**
     * Something that happened.
     *
     * @param nanos since the beginning
     * @param words what it was
     */
    public record Moment(long nanos, Kind kind, String words) {}

    public TimeStep {
        moments = List.copyOf(moments);
    }

    long begin() {
        return moments.get(0).nanos();
    }

    long end() {
        return moments.get(moments.size() - 1).nanos();
    }

    long count(Kind kind) {
        return moments.stream().filter(moment -> moment.kind() == kind).count();
    }
}
