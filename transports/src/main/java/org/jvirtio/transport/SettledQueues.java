package org.jvirtio.transport;

import java.util.HashMap;
import java.util.Map;
import org.jvirtio.LayoutException;

/** Our own record of what was agreed for each queue since the last reset. */
final class SettledQueues {

    /** The most entries of a queue (virtio 1.4 sections 2.7 and 2.8). */
    static final int MOST_ENTRIES = 32768;

    private static final int MOST_QUEUES = 65536;

    private final Map<Integer, Integer> capacities = new HashMap<>();

    /** Checks what a caller asks for, before the device hears of it. */
    static void requireQueue(int queue, int wanted) {
        if (queue < 0 || queue >= MOST_QUEUES) {
            throw new IllegalArgumentException("queue " + queue + "; indices are 0 to 65535");
        }
        if (wanted > MOST_ENTRIES || wanted < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            "%d entries wanted for queue %d; 1 to %d are possible",
                            wanted, queue, MOST_ENTRIES));
        }
    }

    /** What to throw for a number of entries that no queue can have. */
    static LayoutException unusable(String device, int queue, String how, int entries) {
        return new LayoutException(
                String.format(
                        "Setting up queue %d of %s: the device %s %d entries; a power of two from 1"
                                + " to %d is needed. Repair the device model.",
                        queue, device, how, entries, MOST_ENTRIES));
    }

    void settle(int queue, int capacity) {
        capacities.put(queue, capacity);
    }

    /** Takes the settled capacity of a queue that is about to be enabled; it is good for once. */
    int take(int queue) {
        Integer capacity = capacities.remove(queue);
        if (capacity == null) {
            throw new IllegalStateException(
                    String.format(
                            "queue %d is enabled without settleCapacity, or a second time", queue));
        }
        return capacity;
    }

    /** Forgets everything: the device was reset. */
    void clear() {
        capacities.clear();
    }
}
