package org.jvirtio.cli.bench;

import java.util.BitSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.AddressMap;
import org.jvirtio.model.DeviceRing;
import org.jvirtio.model.RingAreas;
import org.jvirtio.queue.QueueMemory;

/**
 * The device's half of the ring benchmark: takes what there is, at most a batch, says that it wrote
 * every buffer whole, publishes once and looks once whether to interrupt, which only counts.
 */
final class DeviceSide extends CacheLinePadding {

    private final DeviceRing ring;
    private final int batch;
    private long interrupts;

    DeviceSide(QueueMemory shape, BitSet accepted, boolean packed, int batch) {
        ring =
                DeviceRing.open(
                        accepted, areas(shape, packed), shape.capacity(), AddressMap.IDENTITY);
        ring.suppressDoorbell();
        this.batch = batch;
    }

    int useBatch() {
        DeviceRing from = ring;
        int count = 0;
        while (count < batch && from.take()) {
            from.use(from.id(), from.writableLength());
            count++;
        }
        if (count != 0) {
            from.publish();
            if (from.wantsInterrupt()) {
                interrupts++;
            }
        }
        return count;
    }

    long interrupts() {
        return interrupts;
    }

    private static RingAreas areas(QueueMemory shape, boolean packed) {
        QueueAddresses at = shape.addresses();
        int size = shape.capacity();
        return new RingAreas(
                new NativeMemory(at.descriptors(), RingAreas.descriptorBytes(size)),
                new NativeMemory(at.driver(), RingAreas.driverBytes(packed, size)),
                new NativeMemory(at.device(), RingAreas.deviceBytes(packed, size)));
    }
}
