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
 *   records   id   token (64) | room in bytes (bits 0 to 32), slots (bits 48 to 63)
 *   numbers   id   which request it was, counted from the first on, modulo 2^32
 * </pre>
 *
 * <p>A request takes at least one slot; 0 slots say that no request has this id.
 */
final class InFlight {

    private static final int LONGS = 2;
    private static final int SHAPE = 1;
    private static final int SLOTS_SHIFT = 48;
    private static final long ROOM_MASK = (1L << SLOTS_SHIFT) - 1;

    private final int capacity;
    private final long[] records;
    private final int[] numbers;

    InFlight(int capacity) {
        this.capacity = capacity;
        records = new long[LONGS * capacity + CacheLinePadding.PADDING_BYTES / Long.BYTES];
        numbers = new int[capacity + CacheLinePadding.PADDING_BYTES / Integer.BYTES];
    }

    void clear() {
        Arrays.fill(records, 0);
    }

    void add(int id, long token, long room, int slots, int number) {
        long[] all = records;
        int at = LONGS * id;
        all[at] = token;
        all[at + SHAPE] = room | (long) slots << SLOTS_SHIFT;
        numbers[id] = number;
    }

    void remove(int id) {
        records[LONGS * id + SHAPE] = 0;
    }

    /** True if a request has this id; any id may be asked. */
    boolean has(int id) {
        return Integer.compareUnsigned(id, capacity) < 0 && records[LONGS * id + SHAPE] != 0;
    }

    long token(int id) {
        return records[LONGS * id];
    }

    /** The most bytes that the device may write. */
    long room(int id) {
        return records[LONGS * id + SHAPE] & ROOM_MASK;
    }

    /** Descriptors in the shared table or ring. */
    int slots(int id) {
        return (int) (records[LONGS * id + SHAPE] >>> SLOTS_SHIFT);
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
