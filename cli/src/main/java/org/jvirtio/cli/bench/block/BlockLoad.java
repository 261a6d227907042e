package org.jvirtio.cli.bench.block;

import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.BlockGeometry;
import org.jvirtio.device.BlockQueue;
import org.jvirtio.memory.DmaRegion;

/**
 * Our driver under a load: as many requests in flight as the load says, each offered again as soon
 * as it is done. {@code block_peer.c} does the same in the same order.
 *
 * <p>The clock is read once a turn, when something was used; that is also the time at which what
 * follows is offered. Latencies are counted after that, while the device is at work.
 *
 * <p>Allocates nothing after the constructor. One thread.
 */
final class BlockLoad {

    private static final int PAGE = 4096;

    /** How many looks in vain between two looks at the clock. */
    private static final int LOOKS = 1 << 20;

    private static final long LIMIT_NANOS = 10_000_000_000L;

    private final BlockQueue queue;
    private final boolean write;
    private final boolean random;
    private final boolean polling;
    private final int bytes;
    private final long blocks;
    private final DmaRegion[] data;
    private final long[] offeredAt;
    private final int[] idle;
    private int idleCount;

    // Latencies of what was harvested last and is not counted yet.
    private final long[] took;
    private int tookCount;

    private long nextBlock;
    private long randomState = 88172645463325252L;

    private long done;
    private long errors;
    private long waited;
    private final LatencyHistogram latencies = new LatencyHistogram();

    BlockLoad(BlockDriver driver, Load load, Waiting waiting) {
        queue = driver.queue(0);
        write = load.write();
        random = load.random();
        polling = waiting == Waiting.POLL;
        bytes = load.bytes();
        blocks = driver.geometry().capacityBytes() / bytes;
        data = new DmaRegion[load.depth()];
        offeredAt = new long[load.depth()];
        idle = new int[load.depth()];
        took = new long[load.depth()];
        for (int i = 0; i < load.depth(); i++) {
            data[i] = driver.device().allocate(bytes, PAGE);
            idle[idleCount++] = i;
        }
    }

    /** Runs for {@code nanos} by the clock; returns how long it took. */
    long run(long nanos) {
        long start = System.nanoTime();
        long end = start + nanos;
        long now = start;
        while (now < end) {
            now = turn(now);
        }
        countHarvested();
        return now - start;
    }

    /** Waits for what is still in flight, and counts none of it: another load may be next. */
    void drain() {
        while (idleCount < idle.length) {
            if (polling) {
                pollFirst();
            } else {
                await();
            }
            do {
                idle[idleCount++] = (int) queue.token();
            } while (queue.poll());
        }
    }

    /** Forgets what was counted so far. */
    void clear() {
        done = 0;
        errors = 0;
        waited = 0;
        tookCount = 0;
        latencies.clear();
    }

    long done() {
        return done;
    }

    long errors() {
        return errors;
    }

    void requireNoErrors() {
        if (errors != 0) {
            throw new IllegalStateException(errors + " requests failed");
        }
    }

    /** How long nothing was to be done but to look whether something is used; of polling only. */
    long waitedNanos() {
        return waited;
    }

    /** In nanoseconds. */
    double latency(double quantile) {
        return latencies.quantile(quantile);
    }

    /** A method of its own, so that it is compiled as one and not as a loop that was entered. */
    private long turn(long now) {
        offerIdle(now);
        countHarvested();
        long harvest = polling ? pollFirst() : await();
        do {
            complete(harvest);
        } while (queue.poll());
        return harvest;
    }

    private void countHarvested() {
        for (int i = 0; i < tookCount; i++) {
            latencies.add(took[i]);
        }
        done += tookCount;
        tookCount = 0;
    }

    private void offerIdle(long now) {
        while (idleCount > 0) {
            int token = idle[--idleCount];
            long sector = nextBlock() * (bytes / BlockGeometry.SECTOR_BYTES);
            offeredAt[token] = now;
            boolean offered =
                    write
                            ? queue.offerWrite(sector, data[token], 0, bytes, token)
                            : queue.offerRead(sector, data[token], 0, bytes, token);
            if (!offered) {
                throw tooDeep();
            }
        }
        queue.submit();
    }

    private void complete(long now) {
        int token = (int) queue.token();
        took[tookCount++] = now - offeredAt[token];
        if (!queue.isOk()) {
            errors++;
        }
        idle[idleCount++] = token;
    }

    private long await() {
        queue.await("a block request");
        return System.nanoTime();
    }

    /** Looks until something is used; the time at which it was. */
    private long pollFirst() {
        if (queue.poll()) {
            return System.nanoTime();
        }
        long start = System.nanoTime();
        int looks = 0;
        while (!queue.poll()) {
            if (++looks == LOOKS) {
                pollLong();
                break;
            }
        }
        long now = System.nanoTime();
        waited += now - start;
        return now;
    }

    /** Under a loaded host the device may take its time. */
    private void pollLong() {
        long start = System.nanoTime();
        while (!queue.poll()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new DeviceTimeoutException(
                        "measuring a disk: nothing was used for "
                                + LIMIT_NANOS / 1_000_000
                                + " ms. The device is stuck: start again.");
            }
        }
    }

    /** Marsaglia's xorshift; the upper half is scaled, which is cheaper than a remainder. */
    private long nextBlock() {
        if (random) {
            randomState ^= randomState << 13;
            randomState ^= randomState >>> 7;
            randomState ^= randomState << 17;
            return ((randomState >>> 32) * blocks) >>> 32;
        }
        long block = nextBlock;
        nextBlock = block + 1 == blocks ? 0 : block + 1;
        return block;
    }

    private IllegalStateException tooDeep() {
        return new IllegalStateException(
                String.format(
                        "the queue takes no more than %d requests of the %d of this load",
                        queue.inFlight(), data.length));
    }
}
