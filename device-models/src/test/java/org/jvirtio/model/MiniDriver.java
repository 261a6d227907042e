package org.jvirtio.model;

import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Window;

/**
 * The least that drives a device, with bare numbers from the specification, so that these tests
 * rest on no driver class: whole BARs, one queue, no checks.
 */
final class MiniDriver {

    static final long INDIRECT_DESC = 1L << 28;
    static final long EVENT_IDX = 1L << 29;
    static final long ANY_LAYOUT = 1L << 27;
    static final long VERSION_1 = 1L << 32;
    static final long ACCESS_PLATFORM = 1L << 33;
    static final long RING_PACKED = 1L << 34;
    static final long IN_ORDER = 1L << 35;
    static final long NOTIFICATION_DATA = 1L << 38;
    static final long NOTIF_CONFIG_DATA = 1L << 39;
    static final long RING_RESET = 1L << 40;

    final EmulatedFunction function;
    private final boolean legacy;
    private final Registers registers;
    private final int doorbell;
    final int configAt;
    final Registers configBar;

    private MiniDriver(EmulatedFunction function, int bar, boolean legacy) {
        this.function = function;
        this.legacy = legacy;
        this.registers = openBar(function, bar);
        this.configBar = registers;
        boolean virtio1 = bar == 4;
        this.doorbell = legacy ? 16 : virtio1 ? 0x3000 : 0x40;
        this.configAt = legacy ? 20 : virtio1 ? 0x2000 : 256;
    }

    static MiniDriver virtio1(EmulatedFunction function) {
        return new MiniDriver(function, 4, false);
    }

    static MiniDriver registerSet(EmulatedFunction function, int bar) {
        return new MiniDriver(function, bar, false);
    }

    static MiniDriver legacy(EmulatedFunction function) {
        return new MiniDriver(function, 0, true);
    }

    /** The whole of one BAR. */
    static Registers openBar(EmulatedFunction function, int index) {
        for (Bar bar : function.bars()) {
            if (bar.index() == index) {
                return function.open(new Window(bar, 0, bar.length()));
            }
        }
        throw new AssertionError(function.name() + " has no BAR " + index);
    }

    Registers registers() {
        return registers;
    }

    DmaMemory memory() {
        return function.dmaMemory(Addressing.PHYSICAL);
    }

    int status() {
        return registers.read8(legacy ? 18 : 0x14);
    }

    void status(int value) {
        registers.write8(legacy ? 18 : 0x14, value);
    }

    long offered() {
        if (legacy) {
            return registers.read32(0) & 0xffffffffL;
        }
        return window(0) | (window(1) << 32);
    }

    private long window(int select) {
        registers.write32(0, select);
        return registers.read32(4) & 0xffffffffL;
    }

    /** Reset, ACKNOWLEDGE, DRIVER, features, FEATURES_OK; the status after it. */
    int negotiate(long features) {
        status(0);
        status(1);
        status(3);
        if (legacy) {
            registers.write32(4, (int) features);
            return status();
        }
        for (int select = 0; select < 2; select++) {
            registers.write32(8, select);
            registers.write32(12, (int) (features >>> (32 * select)));
        }
        status(11);
        return status();
    }

    /** Sets up queue 0. */
    MiniQueue enableQueue(DmaMemory memory, int size) {
        MiniQueue queue = new MiniQueue(memory, size);
        registers.write16(legacy ? 14 : 0x16, 0);
        if (legacy) {
            registers.write32(8, (int) (queue.descriptors() >>> 12));
            return queue;
        }
        enable(size, queue.descriptors(), queue.available(), queue.used());
        return queue;
    }

    /** Sets up queue 0 with a packed ring. */
    MiniPackedQueue enablePacked(int size) {
        registers.write16(0x16, 0);
        return enableSelectedPacked(size);
    }

    /** Sets up the queue that is selected, with a packed ring. */
    MiniPackedQueue enableSelectedPacked(int size) {
        MiniPackedQueue queue = new MiniPackedQueue(memory(), size);
        enable(
                size,
                queue.ring.deviceAddress(),
                queue.driverEvent.deviceAddress(),
                queue.deviceEvent.deviceAddress());
        return queue;
    }

    /** Sets up one of many queues in the virtio1 layout. */
    MiniQueue enableQueue(int index, int size) {
        registers.write16(0x16, index);
        return enableSelected(size);
    }

    /** Sets up the queue that is selected, not through the legacy interface. */
    MiniQueue enableSelected(int size) {
        MiniQueue queue = new MiniQueue(memory(), size);
        enable(size, queue.descriptors(), queue.available(), queue.used());
        return queue;
    }

    private void enable(int size, long descriptors, long driver, long device) {
        registers.write16(0x18, size);
        write64(0x20, descriptors);
        write64(0x28, driver);
        write64(0x30, device);
        registers.write16(0x1c, 1);
    }

    /** All of it, with a packed ring. */
    MiniPackedQueue startPacked(long features, int size) {
        negotiate(features | VERSION_1 | RING_PACKED);
        MiniPackedQueue queue = enablePacked(size);
        running();
        return queue;
    }

    void running() {
        status(legacy ? 7 : 15);
    }

    /** All of it, with a queue of the size that the device shows. */
    MiniQueue start(long features) {
        negotiate(features);
        registers.write16(legacy ? 14 : 0x16, 0);
        MiniQueue queue = enableQueue(memory(), registers.read16(legacy ? 12 : 0x18));
        running();
        return queue;
    }

    /** Features that this layout needs at least. */
    long least() {
        return legacy ? ANY_LAYOUT : VERSION_1;
    }

    void vectors(int configVector, int queueVector) {
        registers.write16(legacy ? 20 : 0x10, configVector);
        registers.write16(legacy ? 14 : 0x16, 0);
        registers.write16(legacy ? 22 : 0x1a, queueVector);
    }

    int configVector() {
        return registers.read16(legacy ? 20 : 0x10);
    }

    int queueVector() {
        return registers.read16(legacy ? 22 : 0x1a);
    }

    void ring() {
        registers.write16(doorbell, 0);
    }

    /** The doorbell of one of many queues in the virtio1 layout. */
    void ring(int queue) {
        registers.write16(doorbell + 4 * queue, queue);
    }

    /** A doorbell of 32 bits, with NOTIFICATION_DATA. */
    void ring32(int value) {
        registers.write32(doorbell, value);
    }

    /** A doorbell with NOTIFICATION_DATA of any queue: what is next, and which. */
    void ringAt(int queue, int next) {
        int step = doorbell == 0x3000 ? 4 : 0; // Only virtio1 has a doorbell for each.
        registers.write32(doorbell + step * queue, (next << 16) | queue);
    }

    /** A buffer for the device to fill, offered and rung for. */
    DmaRegion request(MiniQueue queue, int length) {
        DmaRegion buffer = queue.writable(length);
        queue.offer(queue.chain(java.util.List.of(), java.util.List.of(buffer)));
        ring();
        return buffer;
    }

    private void write64(int offset, long value) {
        registers.write32(offset, (int) value);
        registers.write32(offset + 4, (int) (value >>> 32));
    }
}
