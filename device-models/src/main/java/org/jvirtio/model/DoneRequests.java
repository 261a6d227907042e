package org.jvirtio.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The requests of a queue that are done and not given back yet; a {@link Completion} says when they
 * are, and in which order.
 */
final class DoneRequests {

    private final Completion way;
    private final Random random;
    private final List<UsedRequest> done = new ArrayList<>();

    /** Number of the request that IN_ORDER wants next. */
    private long nextInOrder;

    DoneRequests(Completion way) {
        this.way = way;
        this.random = new Random(way.seed());
    }

    void clear() {
        done.clear();
        nextInOrder = 0;
    }

    void add(UsedRequest request) {
        done.add(request);
    }

    boolean isEmpty() {
        return done.isEmpty();
    }

    /**
     * Takes out what is to be given back now.
     *
     * @param all also what would be kept longer
     */
    List<UsedRequest> release(boolean all, boolean inOrder) {
        int ready = inOrder ? sortForOrder() : done.size();
        int count = all ? ready : ready - way.delay();
        if (count < (all ? 1 : way.batch())) {
            return List.of();
        }
        List<UsedRequest> released = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            released.add(done.remove(inOrder ? 0 : choose()));
        }
        nextInOrder += count;
        return released;
    }

    /** How many of the oldest requests are done without one missing between them. */
    private int sortForOrder() {
        done.sort(Comparator.comparingLong(request -> request.chain().number()));
        int ready = 0;
        while (ready < done.size() && done.get(ready).chain().number() == nextInOrder + ready) {
            ready++;
        }
        return ready;
    }

    private int choose() {
        return switch (way.order()) {
            case AS_OFFERED -> 0;
            case REVERSED -> done.size() - 1;
            case RANDOM -> random.nextInt(done.size());
        };
    }
}
