package org.jvirtio.proofs;

import java.lang.ref.Cleaner;
import java.util.BitSet;
import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.AddressMap;
import org.jvirtio.model.DeviceRing;
import org.jvirtio.model.RingAreas;
import org.jvirtio.queue.QueueMemory;
import org.jvirtio.queue.QueueSetup;
import org.jvirtio.queue.UsedLengths;
import org.jvirtio.queue.Virtqueue;

/**
 * Both ends of one virtqueue over one memory, as they are: the driver's {@link Virtqueue} and the
 * {@link DeviceRing} of the models. Device addresses are addresses of this process.
 */
class QueuePair {

    private static final Cleaner CLEANER = Cleaner.create();

    final Virtqueue queue;
    final DeviceRing device;

    /** Buffers, out of the rings. */
    final NativeMemory buffers;

    /** The three areas, for tests that look at the bytes. */
    final RingAreas areas;

    QueuePair(FeatureSet features, int capacity, int bufferBytes) {
        this(features, capacity, bufferBytes, next -> {});
    }

    QueuePair(FeatureSet features, int capacity, int bufferBytes, Doorbell doorbell) {
        boolean packed = features.has(RingFeature.RING_PACKED);
        int entries = features.has(RingFeature.INDIRECT_DESC) ? 4 : 0;
        QueueMemory shape = QueueMemory.allocate(features, new Collected(), capacity, entries);
        areas =
                new RingAreas(
                        at(shape.addresses().descriptors(), RingAreas.descriptorBytes(capacity)),
                        at(shape.addresses().driver(), RingAreas.driverBytes(packed, capacity)),
                        at(shape.addresses().device(), RingAreas.deviceBytes(packed, capacity)));
        queue = shape.open(new QueueSetup("queue 0", features, UsedLengths.STRICT, doorbell));
        device = DeviceRing.open(bits(features), areas, capacity, AddressMap.IDENTITY);
        buffers = new Collected().allocate(bufferBytes, 1).memory();
    }

    private static NativeMemory at(long address, long length) {
        return new NativeMemory(address, length);
    }

    private static BitSet bits(FeatureSet features) {
        return BitSet.valueOf(new long[] {features.low(), features.high()});
    }

    /** Memory that goes with the pair that uses it: jcstress makes pairs by the million. */
    private final class Collected implements DmaMemory {

        @Override
        public DmaRegion allocate(long length, long alignment) {
            NativeMemory memory = NativeMemory.allocate(length);
            CLEANER.register(QueuePair.this, memory::close);
            return new DmaRegion(memory, memory.address(), memory::close);
        }

        @Override
        public String description() {
            return "memory of this process";
        }
    }
}
