package org.jvirtio.proofs;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jvirtio.DeviceConfig;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsoleFeature;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.AddressMap;
import org.jvirtio.model.DeviceRing;
import org.jvirtio.model.RingAreas;

/**
 * A console driver and the device side of its queues over one memory, without registers, so that a
 * test says what the device does and nothing else happens. Device addresses are addresses of this
 * process.
 */
final class ConsolePair implements Transport {

    static final int PORTS = 3;
    static final int CONTROL_RECEIVE = 2;
    static final int CONTROL_TRANSMIT = 3;

    private static final int CAPACITY = 64;
    private static final int MAX_NR_PORTS = 4;
    private static final Cleaner CLEANER = Cleaner.create();

    final ConsoleDriver driver;
    final List<DeviceRing> rings = new ArrayList<>();

    /** All memory of this process: a device address is an offset into it. */
    private final NativeMemory process = new NativeMemory(0, Long.MAX_VALUE);

    private final FeatureSet features;
    private final NativeMemory config = NativeMemory.allocateFor(this, 12);
    private int status;

    ConsolePair(FeatureSet more) {
        features =
                more.or(FeatureSet.of(RingFeature.VERSION_1))
                        .or(FeatureSet.of(ConsoleFeature.MULTIPORT));
        config.write32(MAX_NR_PORTS, PORTS);
        driver = ConsoleDriver.start(this);
    }

    /** Writes bytes into the next buffer of a queue and uses it; false if there is none. */
    boolean bring(int queue, byte[] bytes, long claimed) {
        DeviceRing ring = rings.get(queue);
        if (!ring.take()) {
            return false;
        }
        ring.nextBuffer();
        int count = (int) Math.min(ring.length(), bytes.length);
        process.copyFrom(ring.address(), bytes, 0, count);
        ring.use(ring.id(), claimed);
        ring.publish();
        return true;
    }

    /** Gives back all that the driver sent on a queue. */
    void takeAll(int queue) {
        DeviceRing ring = rings.get(queue);
        while (ring.take()) {
            ring.use(ring.id(), 0);
        }
        ring.publish();
    }

    /** A control message. */
    static byte[] message(int port, int event, int value) {
        return new byte[] {
            (byte) port, (byte) (port >> 8), (byte) (port >> 16), (byte) (port >> 24),
            (byte) event, (byte) (event >> 8), (byte) value, (byte) (value >> 8)
        };
    }

    @Override
    public DeviceType deviceType() {
        return DeviceType.CONSOLE;
    }

    @Override
    public String description() {
        return "a console in memory";
    }

    @Override
    public void reset() {
        status = 0;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public void addStatus(DeviceStatus bit) {
        status |= bit.mask();
    }

    @Override
    public FeatureSet offeredFeatures() {
        return features;
    }

    @Override
    public void acceptFeatures(FeatureSet accepted) {}

    @Override
    public DeviceConfig config() {
        Registers fields = new Fields(config);
        return new DeviceConfig() {
            @Override
            public Registers fields() {
                return fields;
            }

            @Override
            public <T> T consistent(Supplier<T> reading) {
                return reading.get();
            }
        };
    }

    @Override
    public DmaMemory dmaMemory() {
        return new Collected();
    }

    @Override
    public InterruptPlan enableInterrupts(int queues, InterruptMode best) {
        return new InterruptPlan(InterruptMode.POLLING, List.of());
    }

    @Override
    public int settleCapacity(int queue, int wanted) {
        return CAPACITY;
    }

    @Override
    public Doorbell enableQueue(int queue, QueueAddresses addresses) {
        boolean packed = features.has(RingFeature.RING_PACKED);
        RingAreas areas =
                new RingAreas(
                        at(addresses.descriptors(), RingAreas.descriptorBytes(CAPACITY)),
                        at(addresses.driver(), RingAreas.driverBytes(packed, CAPACITY)),
                        at(addresses.device(), RingAreas.deviceBytes(packed, CAPACITY)));
        BitSet bits = BitSet.valueOf(new long[] {features.low(), features.high()});
        rings.add(DeviceRing.open(bits, areas, CAPACITY, AddressMap.IDENTITY));
        return next -> {};
    }

    private static NativeMemory at(long address, long length) {
        return new NativeMemory(address, length);
    }

    @Override
    public void resetQueue(int queue) {
        throw new AssertionError("nobody resets a queue here");
    }

    @Override
    public Interrupt queueInterrupt(int queue) {
        return nanos -> true;
    }

    @Override
    public Interrupt configInterrupt() {
        return nanos -> true;
    }

    @Override
    public void close() {
        status = 0;
    }

    /** Nothing but the number of ports is not 0. */
    private record Fields(NativeMemory bytes) implements Registers {

        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public int read8(int offset) {
            return bytes.load8(offset);
        }

        @Override
        public int read16(int offset) {
            return bytes.load16(offset);
        }

        @Override
        public int read32(int offset) {
            return bytes.load32(offset);
        }

        @Override
        public void write8(int offset, int value) {
            bytes.store8(offset, value);
        }

        @Override
        public void write16(int offset, int value) {
            bytes.store16(offset, value);
        }

        @Override
        public void write32(int offset, int value) {
            bytes.store32(offset, value);
        }
    }

    /** Memory that goes with the pair: a fuzzer makes many. */
    private final class Collected implements DmaMemory {

        @Override
        public DmaRegion allocate(long length, long alignment) {
            NativeMemory memory = NativeMemory.allocate(length);
            CLEANER.register(ConsolePair.this, memory::close);
            return new DmaRegion(memory, memory.address(), () -> {});
        }

        @Override
        public String description() {
            return "memory of this process";
        }
    }
}
