package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.proofs.RandomTrafficProperties.Step;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.UsedBatch;

/**
 * A queue and a device that do what they are told step by step, with buffers in a {@link
 * FencedMemory}, and a plain account of what must come out.
 */
final class Conversation {

    private static final int MOST_BUFFERS = 6;
    private static final int ROOM = 24;

    /** One request as the device has it: its id, and where it may write. */
    private record Held(int id, long token, List<long[]> writable) {

        long room() {
            return writable.stream().mapToLong(buffer -> buffer[1]).sum();
        }
    }

    private final QueuePair pair;
    private final FencedMemory memory;
    private final boolean inOrder;
    private final Chain chain = new Chain(MOST_BUFFERS);
    private final UsedBatch batch = new UsedBatch(7);
    private final List<Held> held = new ArrayList<>();

    /** What must come back, by token: the length, and where the bytes are. */
    private final Map<Long, Long> lengths = new HashMap<>();

    private final Map<Long, List<Long>> buffersOf = new HashMap<>();
    private long offered;
    private long came;

    Conversation(FeatureSet features, int capacity) {
        pair = new QueuePair(features, capacity, FencedMemory.bytes(capacity * MOST_BUFFERS, ROOM));
        memory = new FencedMemory(pair.buffers, ROOM);
        inOrder = features.has(RingFeature.IN_ORDER);
    }

    void take(Step step) {
        switch (step.kind()) {
            case OFFER -> offer(1 + step.amount() % MOST_BUFFERS, step.amount());
            case PUBLISH -> pair.queue.publish();
            case TAKE -> takeUpTo(step.amount());
            case USE -> use(step.amount());
            case SHOW -> pair.device.publish();
            case HARVEST -> harvest();
        }
        assertEquals(offered - came, pair.queue.inFlight());
    }

    /** Lets everything come home; then all buffers are free and every fence is whole. */
    void finish() {
        pair.queue.publish();
        takeUpTo(Integer.MAX_VALUE);
        while (!held.isEmpty()) {
            use(0);
        }
        pair.device.publish();
        while (came < offered) {
            assertTrue(harvest() > 0, "nothing more comes: " + pair.queue.describe());
        }
        assertEquals(0, harvest());
        assertEquals(0, pair.queue.inFlight());
        memory.requireWhole();
    }

    private void offer(int count, int seed) {
        if (count > pair.queue.capacity()) {
            return;
        }
        List<Long> taken = new ArrayList<>();
        chain.clear();
        int readable = seed % (count + 1);
        for (int i = 0; i < count; i++) {
            long address = memory.take();
            long length = 1L + (seed + i) % ROOM;
            taken.add(address);
            if (i < readable) {
                chain.readable(address, length);
            } else {
                chain.writable(address, length);
            }
        }
        if (pair.queue.offer(chain, offered)) {
            buffersOf.put(offered++, taken);
        } else {
            taken.forEach(memory::giveBack);
        }
    }

    private void takeUpTo(int count) {
        for (int i = 0; i < count && pair.device.take(); i++) {
            List<long[]> writable = new ArrayList<>();
            long token = -1;
            while (pair.device.nextBuffer()) {
                token = owner(pair.device.address());
                if (pair.device.isWritable()) {
                    writable.add(new long[] {pair.device.address(), pair.device.length()});
                }
            }
            held.add(new Held(pair.device.id(), token, writable));
        }
    }

    /** Whose buffer it is; of nobody in flight if the ring told a wrong address. */
    private long owner(long address) {
        for (Map.Entry<Long, List<Long>> request : buffersOf.entrySet()) {
            if (request.getValue().contains(address)) {
                return request.getKey();
            }
        }
        throw new AssertionError(String.format("0x%x was never offered", address));
    }

    /** Any of those held; in order the oldest, or a batch of which the last one tells. */
    private void use(int choice) {
        if (held.isEmpty()) {
            return;
        }
        int chosen = choice % held.size();
        if (inOrder) {
            for (int i = 0; i < chosen; i++) {
                Held skipped = held.remove(0);
                write(skipped, skipped.room());
                pair.device.skip(skipped.id());
            }
            chosen = 0;
        }
        Held request = held.remove(chosen);
        long written = choice % (request.room() + 1);
        write(request, written);
        pair.device.use(request.id(), written);
    }

    private void write(Held request, long bytes) {
        long left = bytes;
        for (long[] buffer : request.writable()) {
            long now = Math.min(left, buffer[1]);
            memory.write(buffer[0], now);
            left -= now;
        }
        assertFalse(lengths.containsKey(request.token()), "used twice");
        lengths.put(request.token(), bytes);
    }

    private int harvest() {
        int count = pair.queue.harvest(batch);
        for (int i = 0; i < count; i++) {
            long token = batch.token(i);
            assertEquals(lengths.remove(token), batch.usedLength(i), "token " + token);
            buffersOf.remove(token).forEach(memory::giveBack);
            came++;
        }
        return count;
    }
}
