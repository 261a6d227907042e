package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.HashMap;
import java.util.Map;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.VirtioException;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.UsedBatch;

/** A queue under way whose device is a stream of bytes. */
final class HostileDevice {

    private static final int CAPACITY = 8;
    private static final int ROOM = 24;
    private static final int MOST_STEPS = 400;

    private final FuzzedDataProvider data;
    private final QueuePair pair;
    private final FencedMemory memory;
    private final boolean packed;
    private final Chain chain = new Chain(3);
    private final UsedBatch batch = new UsedBatch(5);

    /** What is in flight: the room given, and the buffers. */
    private final Map<Long, Long> rooms = new HashMap<>();

    private final Map<Long, long[]> buffersOf = new HashMap<>();
    private long offered;

    HostileDevice(FeatureSet features, FuzzedDataProvider data) {
        this.data = data;
        packed = features.has(RingFeature.RING_PACKED);
        pair = new QueuePair(features, CAPACITY, FencedMemory.bytes(3 * CAPACITY, ROOM));
        memory = new FencedMemory(pair.buffers, ROOM);
    }

    void run() {
        try {
            for (int i = 0; i < MOST_STEPS && data.remainingBytes() > 0; i++) {
                step();
            }
        } catch (VirtioException broken) {
            requireBrokenForEver(broken);
        }
        memory.requireWhole();
    }

    private void step() {
        switch (data.consumeInt(0, 11)) {
            case 0 -> offer(1 + data.consumeInt(0, 2));
            case 1 -> pair.queue.publish();
            case 2 -> pair.queue.ringIfAsked();
            case 3 -> pollOne();
            case 4 -> harvest();
            case 5 -> pair.queue.enableInterrupts();
            case 6 -> pair.queue.disableInterrupts();
            case 7 -> useHonestly();
            case 8 -> restart();
            case 9 -> useWithLies();
            default -> scribble();
        }
        assertEquals(rooms.size(), pair.queue.inFlight());
    }

    private void offer(int count) {
        long[] taken = new long[count];
        chain.clear();
        for (int i = 0; i < count; i++) {
            taken[i] = memory.take();
            if (i == 0) {
                chain.readable(taken[i], ROOM);
            } else {
                chain.writable(taken[i], ROOM);
            }
        }
        if (pair.queue.offer(chain, offered)) {
            buffersOf.put(offered, taken);
            rooms.put(offered++, chain.writableBytes());
        } else {
            giveBack(taken);
        }
    }

    private void pollOne() {
        if (pair.queue.poll()) {
            note(pair.queue.token(), pair.queue.usedLength());
        }
    }

    private void harvest() {
        int count;
        try {
            count = pair.queue.harvest(batch);
        } catch (VirtioException broken) {
            noteBatch(batch.count()); // what was taken before stays
            throw broken;
        }
        noteBatch(count);
    }

    private void noteBatch(int count) {
        for (int i = 0; i < count; i++) {
            note(batch.token(i), batch.usedLength(i));
        }
    }

    /** In flight, so never come back before; and the caller may now use those buffers. */
    private void note(long token, long usedLength) {
        Long room = rooms.remove(token);
        assertTrue(room != null, "token " + token + " is not in flight, or came twice");
        assertTrue(usedLength >= 0 && usedLength <= room, usedLength + " bytes of " + room);
        giveBack(buffersOf.remove(token));
    }

    private void giveBack(long[] buffers) {
        for (long buffer : buffers) {
            memory.giveBack(buffer);
        }
    }

    private void restart() {
        long[] cancelled = pair.queue.restart();
        assertEquals(rooms.size(), cancelled.length);
        for (long token : cancelled) {
            note(token, 0);
        }
    }

    /** A used entry where one goes, so that the fuzzer gets past the first harvest. */
    private void useHonestly() {
        use(data.consumeInt(0, CAPACITY - 1), 0);
    }

    private void useWithLies() {
        use(data.consumeInt(), data.consumeInt());
    }

    private void use(int id, int length) {
        if (packed) {
            int slot = data.consumeInt(0, CAPACITY - 1);
            NativeMemory ring = pair.areas.descriptors();
            ring.write32(16L * slot + 8, length);
            ring.write16(16L * slot + 12, id & 0xffff);
            ring.write16(16L * slot + 14, data.consumeBoolean() ? 0x8082 : 2);
        } else {
            NativeMemory ring = pair.areas.device();
            int index = ring.read16(2);
            ring.write32(4 + 8L * (index % CAPACITY), id);
            ring.write32(8 + 8L * (index % CAPACITY), length);
            ring.write16(2, index + 1);
        }
    }

    /** Any byte of any area: a device can write to all of them. */
    private void scribble() {
        NativeMemory area =
                switch (data.consumeInt(0, 3)) {
                    case 0 -> pair.areas.descriptors();
                    case 1 -> pair.areas.driver();
                    default -> pair.areas.device();
                };
        long offset = data.consumeLong(0, area.length() - 1);
        area.write8(offset, data.consumeByte() & 0xff);
    }

    private void requireBrokenForEver(VirtioException first) {
        try {
            pair.queue.poll();
        } catch (VirtioException again) {
            assertEquals(first.getMessage(), again.getMessage());
            return;
        }
        throw new AssertionError("works again after: " + first.getMessage());
    }
}
