package org.jvirtio.queue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the driver knows of each request that the device has: private memory, indexed by the id that
 * the device will use.
 *
 * <pre>
 *   id   token | room, in bytes | number, or FREE | nothing      one half of a cache line
 * </pre>
 */
final class InFlight {

    private static final int LONGS = 4;
    private static final int TOKEN = 0;
    private static final int ROOM = 1;
    private static final int NUMBER = 2;

    /** No request has this id now; a number is an int. */
    private static final long FREE = Long.MIN_VALUE;

    private final int capacity;
    private final long[] records;

    InFlight(int capacity) {
        this.capacity = capacity;
        records = new long[LONGS * capacity + CacheLinePadding.PADDING_BYTES / Long.BYTES];
        clear();
    }

    void clear() {
        Arrays.fill(records, FREE);
    }

    /**
     * Notes a request.
     *
     * @param number which request it is, counted from the first on, modulo 2^32
     */
    void add(int id, long token, long room, int number) {
        long[] all = records;
        int at = LONGS * id;
        all[at + TOKEN] = token;
        all[at + ROOM] = room;
        all[at + NUMBER] = number;
    }

    void remove(int id) {
        records[LONGS * id + NUMBER] = FREE;
    }

    /** True if a request has this id, and is before number {@code end}; any id may be asked. */
    boolean isInFlight(int id, int end) {
        if (Integer.compareUnsigned(id, capacity) >= 0) {
            return false;
        }
        long number = records[LONGS * id + NUMBER];
        // Taken is not enough: a request that is not published yet cannot have been used.
        return number != FREE && end - (int) number > 0;
    }

    long token(int id) {
        return records[LONGS * id + TOKEN];
    }

    /** The most bytes that the device may write. */
    long room(int id) {
        return records[LONGS * id + ROOM];
    }

    int number(int id) {
        return (int) records[LONGS * id + NUMBER];
    }

    /** The tokens of all requests, oldest first, when {@code end} is the next number. */
    long[] tokens(int end) {
        return IntStream.range(0, capacity)
                .filter(id -> records[LONGS * id + NUMBER] != FREE)
                .boxed()
                .sorted(Comparator.comparingInt(id -> number(id) - end))
                .mapToLong(this::token)
                .toArray();
    }
}
