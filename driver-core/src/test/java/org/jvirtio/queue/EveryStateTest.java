package org.jvirtio.queue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/**
 * Virtio 1.4 sections 2.7 and 2.8, on rings so small that every state can be visited: every order
 * of completion and every split into batches, across the wrap of every index and counter. Nothing
 * is random, and the number of states is part of each test, so that it cannot shrink unnoticed.
 */
class EveryStateTest {

    /** With it one more request is under way at a time: minutes instead of seconds. */
    private static final boolean LONG = Boolean.getBoolean("jvirtio.long");

    private static final int LARGEST = 8;
    private static final int INDEX_WRAP = 65536;

    private FeatureSet features;

    @Test
    void everyCompletion() {
        int total = LONG ? 4 : 3;
        long states = 0;
        for (Named<FeatureSet> set : OpenQueue.everyFeatureSet().toList()) {
            features = set.getPayload();
            if (!features.has(RingFeature.EVENT_IDX)) { // which no completion depends on
                states += searchAll(total, open -> new CompletionModel(open, total));
            }
        }
        requireStates(LONG ? 2_000_000 : 100_000, states);
    }

    @Test
    void everyEvent() {
        int total = LONG ? 3 : 2;
        long states = 0;
        for (Named<FeatureSet> set : OpenQueue.everyFeatureSet().toList()) {
            features = set.getPayload();
            if (!features.has(RingFeature.INDIRECT_DESC)) { // requests are of one buffer here
                states += searchAll(total, open -> eventModel(open, total));
            }
        }
        requireStates(LONG ? 1_000_000 : 100_000, states);
    }

    private static EventModel eventModel(OpenQueue open, int total) {
        return new EventModel(open, open.queue.offered, total);
    }

    /** Rings of every size, from every start from which {@code total} requests reach a wrap. */
    private long searchAll(int total, Function<OpenQueue, StateSearch.Model> model) {
        boolean packed = features.has(RingFeature.RING_PACKED);
        long states = 0;
        for (int capacity = 1; capacity <= LARGEST; capacity += packed ? 1 : capacity) {
            for (int before = 1; before <= Math.min(total, capacity); before++) {
                if (packed) {
                    states += search(capacity, capacity - before, model);
                    states += search(capacity, 2 * capacity - before, model);
                } else {
                    states += search(capacity, INDEX_WRAP - before, model);
                }
            }
        }
        return states;
    }

    private long search(int capacity, int start, Function<OpenQueue, StateSearch.Model> model) {
        OpenQueue open = new OpenQueue(features, capacity);
        open.turn(start);
        StateSearch.Model counting = model.apply(open);
        try {
            return new StateSearch(counting).run();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    String.format(
                            "features %s, %d entries, from %d on: %s; %s",
                            features.names(RingFeature.values()),
                            capacity,
                            start,
                            counting,
                            open.queue.describe()),
                    failure);
        }
    }

    private static void requireStates(long atLeast, long states) {
        assertTrue(states >= atLeast, states + " states visited, expected " + atLeast);
    }
}
