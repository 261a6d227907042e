package org.jvirtio.queue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jvirtio.memory.CacheLinePadding;

/**
 * What the driver knows of each request that the device has: private memory, indexed by the id that
 * the device will use.
 *
 * <pre>
 *   tokens    what it was offered with
 *   shapes    room in bytes (bits 0 to 32), slots (bits 48 to 63); 0 if no request has this id
 *   numbers   which request it was, counted from the first on, modulo 2^32
 * </pre>
 *
 * <p>A request takes at least one slot, so that its shape is not 0. An array each, so that what was
 * checked of an id for one element holds for the next without arithmetic.
 */
final class InFlight {

    private static final int SLOTS_SHIFT = 48;
    private static final long ROOM_MASK = (1L << SLOTS_SHIFT) - 1;

    private final int capacity;
    private final long[] tokens;
    private final long[] shapes;
    private final int[] numbers;

    InFlight(int capacity) {
        this.capacity = capacity;
        tokens = new long[capacity + CacheLinePadding.PADDING_BYTES / Long.BYTES];
        shapes = new long[capacity + CacheLinePadding.PADDING_BYTES / Long.BYTES];
        numbers = new int[capacity + CacheLinePadding.PADDING_BYTES / Integer.BYTES];
    }

    void clear() {
        Arrays.fill(shapes, 0);
    }

    void add(int id, long token, long room, int slots, int number) {
        tokens[id] = token;
        shapes[id] = room | (long) slots << SLOTS_SHIFT;
        numbers[id] = number;
    }

    void remove(int id) {
        shapes[id] = 0;
    }

    /** True if a request has this id; any id may be asked. */
    boolean has(int id) {
        long[] all = shapes; // The padding behind the last id stays 0.
        return id >= 0 && id < all.length && all[id] != 0;
    }

    long token(int id) {
        return tokens[id];
    }

    /** The most bytes that the device may write. */
    long room(int id) {
        return shapes[id] & ROOM_MASK;
    }

    /** Descriptors in the shared table or ring. */
    int slots(int id) {
        return (int) (shapes[id] >>> SLOTS_SHIFT);
    }

    int number(int id) {
        return numbers[id];
    }

    /** The tokens of all requests, oldest first, when {@code end} is the next number. */
    long[] tokens(int end) {
        return IntStream.range(0, capacity)
                .filter(this::has)
                .boxed()
                .sorted(Comparator.comparingInt(id -> number(id) - end))
                .mapToLong(this::token)
                .toArray();
    }
}
