package org.jvirtio.cli.bench;

import org.jvirtio.FeatureSet;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.QueueMemory;
import org.jvirtio.queue.QueueSetup;
import org.jvirtio.queue.UsedBatch;
import org.jvirtio.queue.UsedLengths;
import org.jvirtio.queue.Virtqueue;

/**
 * The driver's half of the ring benchmark: offers a batch, publishes once, looks once whether to
 * ring, harvests. Its doorbell only counts. The C program does the same in {@code loops.h}.
 *
 * <p>Tokens count up, so that their sum tells whether each request came back exactly once.
 */
final class DriverSide extends CacheLinePadding {

    static final int BUFFER_BYTES = 64;

    private final Virtqueue queue;
    private final DmaRegion buffers;
    private final UsedBatch used;
    private final int batch;
    private final int slotMask;

    private long offered;
    private long harvested;
    private long tokens;
    private long lengths;
    private long doorbells;

    DriverSide(QueueMemory shape, FeatureSet accepted, DmaMemory memory, int batch) {
        queue =
                shape.open(
                        new QueueSetup(
                                "the ring", accepted, UsedLengths.STRICT, next -> doorbells++));
        buffers = memory.allocate((long) BUFFER_BYTES * shape.capacity(), BUFFER_BYTES);
        used = new UsedBatch(batch);
        slotMask = shape.capacity() - 1;
        this.batch = batch;
    }

    void offerBatch() {
        Virtqueue to = queue;
        long base = buffers.deviceAddress();
        long token = offered;
        long end = token + batch;
        while (token < end
                && to.offerWritable(
                        base + BUFFER_BYTES * (token & slotMask), BUFFER_BYTES, token)) {
            token++;
        }
        offered = token;
        to.publish();
        to.ringIfAsked();
    }

    int harvestBatch() {
        UsedBatch found = used;
        int count = queue.harvest(found);
        long sumOfTokens = 0;
        long sumOfLengths = 0;
        for (int i = 0; i < count; i++) {
            sumOfTokens += found.token(i);
            sumOfLengths += found.usedLength(i);
        }
        tokens += sumOfTokens;
        lengths += sumOfLengths;
        harvested += count;
        return count;
    }

    /** True if a whole batch fits, so that the device always finds batches. */
    boolean hasRoom() {
        return offered - harvested + batch <= slotMask + 1;
    }

    boolean isIdle() {
        return offered == harvested;
    }

    long harvested() {
        return harvested;
    }

    long doorbells() {
        return doorbells;
    }

    /** Throws if a request was lost, came back twice, or with another length. */
    void requireComplete() {
        long sum = offered % 2 == 0 ? offered / 2 * (offered - 1) : (offered - 1) / 2 * offered;
        if (!isIdle() || tokens != sum || lengths != BUFFER_BYTES * offered) {
            throw new IllegalStateException(
                    String.format(
                            "%d requests offered and %d harvested, tokens add up to %d instead of"
                                    + " %d, lengths to %d instead of %d",
                            offered, harvested, tokens, sum, lengths, BUFFER_BYTES * offered));
        }
    }
}
