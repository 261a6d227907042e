package org.jvirtio.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many frames were dropped for each reason. Counted by the thread of the stack; read by any.
 */
public final class DropCounts {

    private final Map<DropReason, AtomicLong> counts = new EnumMap<>(DropReason.class);

    DropCounts() {
        for (DropReason reason : DropReason.values()) {
            counts.put(reason, new AtomicLong());
        }
    }

    void add(DropReason reason) {
        counts.get(reason).incrementAndGet();
    }

    public long of(DropReason reason) {
        return counts.get(reason).get();
    }

    public long total() {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** The reasons that occurred, such as {@code IP_FRAGMENT 2, UDP_NO_PORT 1}; or "none". */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ").setEmptyValue("none");
        for (DropReason reason : DropReason.values()) {
            if (of(reason) > 0) {
                text.add(reason + " " + of(reason));
            }
        }
        return text.toString();
    }
}
