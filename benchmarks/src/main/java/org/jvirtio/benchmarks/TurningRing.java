package org.jvirtio.benchmarks;

import java.util.BitSet;
import org.jvirtio.FeatureSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.AddressMap;
import org.jvirtio.model.DeviceRing;
import org.jvirtio.model.RingAreas;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.QueueMemory;
import org.jvirtio.queue.QueueSetup;
import org.jvirtio.queue.UsedBatch;
import org.jvirtio.queue.UsedLengths;
import org.jvirtio.queue.Virtqueue;

/** A virtqueue and a device that uses whatever it is offered, on one thread. */
final class TurningRing {

    private static final int BUFFER_BYTES = 64;

    /** Buffers of the requests that are chains: a header, data, a status, as block devices want. */
    private static final int CHAIN_BUFFERS = 3;

    private final Virtqueue queue;
    private final DeviceRing device;
    private final UsedBatch used;
    private final Chain chain = new Chain(CHAIN_BUFFERS);
    private final long buffer;
    private long token;
    private long doorbells;

    /**
     * Makes a ring.
     *
     * @param tableEntries 0 for chains that take a descriptor for each buffer; 3 for indirect ones
     */
    TurningRing(boolean packed, int entries, int tableEntries, int batch) {
        FeatureSet accepted = FeatureSet.of(RingFeature.EVENT_IDX);
        accepted = packed ? accepted.with(RingFeature.RING_PACKED.bit()) : accepted;
        accepted = tableEntries > 0 ? accepted.with(RingFeature.INDIRECT_DESC.bit()) : accepted;
        QueueMemory shape = QueueMemory.allocate(accepted, new OwnMemory(), entries, tableEntries);
        queue =
                shape.open(
                        new QueueSetup("the ring", accepted, UsedLengths.STRICT, next -> doorbells++));
        device =
                DeviceRing.open(bits(accepted), areas(shape, packed), entries, AddressMap.IDENTITY);
        device.suppressDoorbell();
        used = new UsedBatch(batch);
        buffer = NativeMemory.allocate(CHAIN_BUFFERS * BUFFER_BYTES).address();
        chain.readable(buffer, BUFFER_BYTES)
                .writable(buffer + BUFFER_BYTES, BUFFER_BYTES)
                .writable(buffer + 2 * BUFFER_BYTES, BUFFER_BYTES);
    }

    /** Offers, uses and harvests {@code batch} requests of one buffer. */
    long turnBuffers(int batch) {
        for (int i = 0; i < batch; i++) {
            require(queue.offerWritable(buffer, BUFFER_BYTES, token++));
        }
        return finish(batch);
    }

    /** Offers, uses and harvests {@code batch} chains of three buffers. */
    long turnChains(int batch) {
        for (int i = 0; i < batch; i++) {
            require(queue.offer(chain, token++));
        }
        return finish(batch);
    }

    private long finish(int batch) {
        queue.publish();
        queue.ringIfAsked();
        while (device.take()) {
            long room = 0;
            while (device.nextBuffer()) {
                room += device.isWritable() ? device.length() : 0;
            }
            device.use(device.id(), room);
        }
        device.publish();
        device.wantsInterrupt();
        require(queue.harvest(used) == batch);
        return used.token(0) + doorbells;
    }

    private static void require(boolean held) {
        if (!held) {
            throw new IllegalStateException("the ring did not take or give back a whole batch");
        }
    }

    private static BitSet bits(FeatureSet accepted) {
        BitSet bits = new BitSet();
        for (RingFeature feature : RingFeature.values()) {
            bits.set(feature.bit(), accepted.has(feature));
        }
        return bits;
    }

    private static RingAreas areas(QueueMemory shape, boolean packed) {
        QueueAddresses at = shape.addresses();
        int size = shape.capacity();
        return new RingAreas(
                new NativeMemory(at.descriptors(), RingAreas.descriptorBytes(size)),
                new NativeMemory(at.driver(), RingAreas.driverBytes(packed, size)),
                new NativeMemory(at.device(), RingAreas.deviceBytes(packed, size)));
    }

    /** Device and driver are one process, and know memory by the same addresses. */
    private static final class OwnMemory implements DmaMemory {

        @Override
        public DmaRegion allocate(long length, long alignment) {
            NativeMemory memory = NativeMemory.allocate(length);
            return new DmaRegion(memory, memory.address(), memory::close);
        }

        @Override
        public String description() {
            return "this process's own";
        }
    }
}
