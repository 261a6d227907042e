package org.jvirtio.device;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what was ignored. One thread counts, any may look. */
final class ConsoleDrops {

    private final Map<ConsoleDrop, AtomicLong> counts = new EnumMap<>(ConsoleDrop.class);

    ConsoleDrops() {
        for (ConsoleDrop reason : ConsoleDrop.values()) {
            counts.put(reason, new AtomicLong());
        }
    }

    void count(ConsoleDrop reason) {
        counts.get(reason).incrementAndGet();
    }

    long of(ConsoleDrop reason) {
        return counts.get(reason).get();
    }

    long total() {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }
}
