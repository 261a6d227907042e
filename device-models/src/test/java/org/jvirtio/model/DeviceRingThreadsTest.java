package org.jvirtio.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.MiniPackedQueue.Part;

/**
 * Driver and device on two threads over one ring, without a lock: contents of buffers and used
 * entries arrive whole (virtio 1.4 sections 2.7.13.3, 2.8.21.2).
 */
class DeviceRingThreadsTest {

    private static final int CHAINS = 40_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final EmulatedMemory memory = new EmulatedMemory("test memory", 1L << 32, (a, n) -> {});
    private final Deque<Integer> expected = new ArrayDeque<>();

    /** Buffers of 8 bytes, one after another. */
    private final DmaRegion buffers = memory.allocate(8 * 8, 8);

    /** Adds 1 to what each buffer holds, and says so in the used length. */
    private void serve(DeviceRing ring) {
        NativeMemory contents = buffers.memory();
        long start = System.nanoTime();
        for (int done = 0; done < CHAINS && System.nanoTime() - start < LIMIT.toNanos(); ) {
            int before = done;
            while (ring.take()) {
                while (ring.nextBuffer()) {
                    long at = ring.address() - buffers.deviceAddress();
                    contents.write64(at, contents.read64(at) + 1);
                }
                ring.use(ring.id(), 8);
                done++;
            }
            if (done > before) {
                ring.publish();
            } else {
                LockSupport.parkNanos(1);
            }
        }
    }

    private void driven(DeviceRing ring, Runnable driver) {
        CompletableFuture<Void> device = CompletableFuture.runAsync(() -> serve(ring));
        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    driver.run();
                    device.get();
                });
    }

    private void fill(int number) {
        buffers.memory().write64(8L * (number % 5), number);
    }

    private void check(int number) {
        assertEquals(number + 1L, buffers.memory().read64(8L * (number % 5)));
    }

    @Test
    void aPackedRing() {
        int size = 5;
        MiniPackedQueue queue = new MiniPackedQueue(memory, size);
        DeviceRing ring =
                DeviceRing.open(FeatureBits.of(34), queue.areas(), size, AddressMap.IDENTITY);
        driven(
                ring,
                () -> {
                    for (int sent = 0, back = 0; back < CHAINS; ) {
                        if (sent < CHAINS && sent - back < size) {
                            fill(sent);
                            long at = buffers.deviceAddress(8L * (sent % size));
                            queue.offer(sent % size, new Part(at, 8, true));
                            expected.add(sent++);
                            continue;
                        }
                        MiniPackedQueue.Used used = queue.poll();
                        if (used == null) {
                            LockSupport.parkNanos(1);
                            continue;
                        }
                        assertEquals(back % size, used.id());
                        assertEquals(8, used.length());
                        check(expected.remove());
                        back++;
                    }
                });
    }

    @Test
    void aSplitRing() {
        int size = 4;
        MiniQueue queue = new MiniQueue(memory, size);
        DeviceRing ring = DeviceRing.open(new BitSet(), areas(queue), size, AddressMap.IDENTITY);
        driven(
                ring,
                () -> {
                    for (int sent = 0, back = 0; back < CHAINS; ) {
                        if (sent < CHAINS && sent - back < size) {
                            fill(sent);
                            queue.offer(queue.chain(List.of(), List.of(buffer(sent))));
                            expected.add(sent++);
                        } else if (queue.usedIndex() == (back & 0xffff)) {
                            LockSupport.parkNanos(1);
                        } else {
                            assertEquals(back % size, queue.usedHead(back));
                            assertEquals(8, queue.usedLength(back));
                            check(expected.remove());
                            back++;
                        }
                    }
                });
    }

    private DmaRegion buffer(int number) {
        long at = 8L * (number % 5);
        return new DmaRegion(buffers.memory().slice(at, 8), buffers.deviceAddress(at), () -> {});
    }

    private static RingAreas areas(MiniQueue queue) {
        NativeMemory block = queue.rings.memory();
        long usedAt = queue.used() - queue.descriptors();
        return new RingAreas(
                block.slice(0, RingAreas.descriptorBytes(queue.size)),
                block.slice(16L * queue.size, RingAreas.driverBytes(false, queue.size)),
                block.slice(usedAt, RingAreas.deviceBytes(false, queue.size)));
    }
}
