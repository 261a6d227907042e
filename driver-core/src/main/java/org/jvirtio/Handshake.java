package org.jvirtio;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.QueueMemory;
import org.jvirtio.queue.QueueSetup;
import org.jvirtio.queue.UsedLengths;
import org.jvirtio.queue.Virtqueue;

/**
 * Takes a device from reset to running, step by step as virtio 1.4 section 3.1.1 numbers them.
 *
 * <pre>
 *   1  reset                       5, 6  tell the device, make sure it agrees
 *   2  ACKNOWLEDGE                 7     interrupts, then each queue
 *   3  DRIVER                      8     DRIVER_OK
 *   4  read and choose features
 * </pre>
 *
 * <p>If a step fails, FAILED is written, the transport is closed, and the exception goes on.
 */
public final class Handshake {

    private final Transport transport;
    private final DriverNeeds needs;
    private final List<DmaRegion> regions = new ArrayList<>();
    private final List<String> decisions = new ArrayList<>();

    private Handshake(Transport transport, DriverNeeds needs) {
        this.transport = transport;
        this.needs = needs;
    }

    /**
     * Starts the device. The transport belongs to the result, or is closed.
     *
     * @throws LayoutException if the device is not what the driver needs
     */
    public static RunningDevice run(Transport transport, DriverNeeds needs) {
        Handshake handshake = new Handshake(transport, needs);
        try {
            return handshake.run();
        } catch (RuntimeException | Error failure) {
            abandon(transport, handshake.regions, failure);
            throw failure;
        }
    }

    private RunningDevice run() {
        requireType();
        transport.reset();
        transport.addStatus(DeviceStatus.ACKNOWLEDGE);
        transport.addStatus(DeviceStatus.DRIVER);
        FeatureSet offered = transport.offeredFeatures();
        FeatureNegotiation features = new FeatureNegotiation(needs, offered, transport.config());
        features.requireAllRequired();
        transport.acceptFeatures(features.accepted());
        int queueCount = queueCount(features.accepted());
        InterruptPlan plan = transport.enableInterrupts(queueCount, needs.bestInterrupts());
        UsedLengths lengths = usedLengths(features.accepted());
        Virtqueue[] queues = new Virtqueue[queueCount];
        for (int i = 0; i < queueCount; i++) {
            queues[i] = openQueue(i, features.accepted(), lengths);
        }
        transport.addStatus(DeviceStatus.DRIVER_OK);
        RunningDevice device =
                new RunningDevice(transport, offered, features, queues, plan, decisions, regions);
        device.check();
        return device;
    }

    private void requireType() {
        if (transport.deviceType() != needs.type()) {
            throw new LayoutException(
                    String.format(
                            "starting the %s driver: %s is a %s device (virtio type %d). Name a"
                                    + " function of that type, or use its own driver.",
                            needs.type().label(),
                            transport.description(),
                            transport.deviceType().label(),
                            transport.deviceType().id()));
        }
    }

    /** Only now: the configuration has the fields of the accepted features. */
    private int queueCount(FeatureSet accepted) {
        int count = needs.queues().of(transport.config(), accepted);
        if (count < 1) {
            throw new IllegalArgumentException(
                    "the driver asks for " + count + " queues; a device has at least one");
        }
        return count;
    }

    private Virtqueue openQueue(int index, FeatureSet accepted, UsedLengths lengths) {
        int capacity = settledCapacity(index, accepted);
        boolean indirect = accepted.has(RingFeature.INDIRECT_DESC) && needs.chainLength() > 1;
        QueueMemory memory =
                QueueMemory.allocate(
                        accepted,
                        transport.dmaMemory(),
                        capacity,
                        indirect ? needs.chainLength() : 0);
        regions.add(memory.region());
        Doorbell doorbell = transport.enableQueue(index, memory.addresses());
        String name = "queue " + index + " of " + needs.type().label();
        return memory.open(new QueueSetup(name, accepted, lengths, doorbell));
    }

    private UsedLengths usedLengths(FeatureSet accepted) {
        if (accepted.has(RingFeature.VERSION_1)) {
            return UsedLengths.STRICT;
        }
        decisions.add(
                "used lengths are cut to the room given: without VERSION_1 the device may be one"
                        + " of those that got them wrong (section 2.7.8.1)");
        return UsedLengths.CLAMPED;
    }

    private int settledCapacity(int index, FeatureSet accepted) {
        int capacity = transport.settleCapacity(index, needs.capacity());
        if (!QueueMemory.isCapacity(accepted, capacity)) {
            throw new LayoutException(
                    String.format(
                            "opening queue %d of %s: the device gives it %d entries; a queue has 1"
                                    + " to 32768, a split one a power of two. The device model"
                                    + " lacks the queue, or is wrong: mend it.",
                            index, transport.description(), capacity));
        }
        if (capacity != needs.capacity()) {
            decisions.add(
                    String.format(
                            "queue %d has %d entries, not %d: the device's size is what it is",
                            index, capacity, needs.capacity()));
        }
        return capacity;
    }

    /** Ends a start that failed; what fails on the way is added to {@code failure}. */
    static void abandon(Transport transport, List<DmaRegion> regions, Throwable failure) {
        try {
            transport.addStatus(DeviceStatus.FAILED);
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
        try {
            transport.close();
        } catch (RuntimeException second) {
            // No confirmed reset: the device may still write to the rings, so they stay.
            failure.addSuppressed(second);
            return;
        }
        for (DmaRegion region : regions) {
            region.close();
        }
    }
}
