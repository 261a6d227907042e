package org.jvirtio.partner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceConfig;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.InterruptSet;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Transport;
import org.jvirtio.memory.DmaMemory;

/**
 * A device without registers: remembers what was done to it, and gives each queue to a {@link
 * RingPeer}. When the driver rings or waits, {@code device} runs.
 */
public final class PartnerTransport implements Transport {

    public final List<String> calls = new ArrayList<>();
    public final List<RingPeer> rings = new ArrayList<>();
    public final PartnerMemory memory = new PartnerMemory(4 << 20);
    public final PartnerConfig config;
    private final DeviceType type;
    private final FeatureSet offered;

    /** What the device does when it is rung, or gets time. */
    public Runnable device = () -> {};

    public InterruptMode mode = InterruptMode.VECTOR_PER_QUEUE;
    public int largestQueue = 256;
    public int status;
    public RuntimeException failOnClose;
    public boolean closed;
    public int waits;
    public boolean losesInterrupts;

    /** What its interrupts are slept on together. */
    public Optional<InterruptSet> set = Optional.empty();

    private FeatureSet accepted = FeatureSet.NONE;

    public PartnerTransport(DeviceType type, FeatureSet offered, PartnerConfig config) {
        this.type = type;
        this.offered = offered;
        this.config = config;
    }

    public FeatureSet accepted() {
        return accepted;
    }

    @Override
    public DeviceType deviceType() {
        return type;
    }

    @Override
    public String description() {
        return "a partner in memory";
    }

    @Override
    public void reset() {
        calls.add("reset");
        status = 0;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public void addStatus(DeviceStatus bit) {
        calls.add(bit.name());
        status |= bit.mask();
    }

    @Override
    public FeatureSet offeredFeatures() {
        return offered;
    }

    @Override
    public void acceptFeatures(FeatureSet features) {
        calls.add("accept");
        accepted = features;
    }

    @Override
    public DeviceConfig config() {
        return config;
    }

    @Override
    public DmaMemory dmaMemory() {
        return memory;
    }

    @Override
    public InterruptPlan enableInterrupts(int queues, InterruptMode best) {
        calls.add("interrupts " + queues);
        return new InterruptPlan(mode, List.of());
    }

    @Override
    public int settleCapacity(int queue, int wanted) {
        return Math.min(wanted, largestQueue);
    }

    @Override
    public Doorbell enableQueue(int queue, QueueAddresses addresses) {
        calls.add("queue " + queue);
        rings.add(RingPeer.of(memory, addresses, largestQueue, accepted));
        return next -> {
            calls.add("ring " + queue);
            device.run();
        };
    }

    @Override
    public void resetQueue(int queue) {
        calls.add("reset queue " + queue);
    }

    @Override
    public Interrupt queueInterrupt(int queue) {
        return new Interrupt() {
            @Override
            public boolean await(long nanos) {
                waits++;
                device.run();
                return !losesInterrupts;
            }

            @Override
            public Optional<InterruptSet> newSet() {
                return set;
            }
        };
    }

    @Override
    public Interrupt configInterrupt() {
        return nanos -> false;
    }

    @Override
    public void close() {
        if (memory.openRegions() == 0 && !rings.isEmpty()) {
            throw new AssertionError("memory freed before the reset");
        }
        if (failOnClose != null) {
            throw failOnClose;
        }
        closed = true;
    }
}
