package org.jvirtio.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;

/**
 * Visits every state that a queue and its partner can reach from where they are, each once, by
 * taking every step in every state. A step checks what it does against a model that counts.
 */
final class StateSearch {

    /** A queue with its partner, and what they should be in, by counting. */
    interface Model {
        OpenQueue open();

        /** Steps are numbered from 0. */
        int steps();

        /** Takes a step if it is possible in this state; false if not. */
        boolean take(int step);
    }

    private final Model model;
    private final Moments moments;
    private final Set<Long> seen = new HashSet<>();
    private final Deque<long[]> open = new ArrayDeque<>();
    private long steps;

    StateSearch(Model model) {
        this.model = model;
        moments = new Moments(rings(model.open()), model.open().queue, model.open().peer, model);
    }

    /** What both sides write: three areas and the tables, whatever the format. */
    private static List<NativeMemory> rings(OpenQueue open) {
        int capacity = open.queue.capacity();
        boolean packed = open.has(RingFeature.RING_PACKED);
        long start = open.queue.addresses().descriptors();
        long tables =
                packed ? PackedQueueMemory.length(capacity) : SplitQueueMemory.length(capacity);
        return List.of(
                open.memory.at(start, 16L * capacity),
                open.memory.at(open.queue.addresses().driver(), 8 + 2L * capacity),
                open.memory.at(open.queue.addresses().device(), 8 + 8L * capacity),
                open.memory.at(
                        start + tables, open.has(RingFeature.INDIRECT_DESC) ? 64L * capacity : 0));
    }

    /** Returns how many states there are. */
    int run() {
        visit();
        while (!open.isEmpty()) {
            long[] state = open.removeLast();
            for (int step = 0; step < model.steps(); step++) {
                moments.load(state);
                if (model.take(step)) {
                    steps++;
                    visit();
                }
            }
        }
        return seen.size();
    }

    long steps() {
        return steps;
    }

    private void visit() {
        long[] state = moments.save();
        if (seen.add(Moments.key(state))) {
            open.addLast(state);
        }
    }
}
