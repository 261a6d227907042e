package org.jvirtio;

import java.util.List;
import org.jvirtio.queue.QueueMemory;

/**
 * What a driver asks of a device, as the {@link Handshake} takes it. Start with {@link #of}, then
 * say what differs.
 *
 * @param known every feature the device type has, so that refused ones can be named
 * @param wanted accepted if offered
 * @param required wanted, and without it the driver cannot work
 * @param queues how many queues, once the configuration can be read
 * @param capacity entries wanted per queue; a split queue gets the power of two below
 * @param chainLength the most buffers of one request
 * @param bestInterrupts where to start on the ladder
 */
public record DriverNeeds(
        DeviceType type,
        List<Feature> known,
        FeatureSet wanted,
        FeatureSet required,
        QueueCount queues,
        int capacity,
        int chainLength,
        InterruptMode bestInterrupts) {

    /** The number of queues, where it depends on the device. */
    public interface QueueCount {
        int of(DeviceConfig config, FeatureSet accepted);
    }

    /** The number of queues, where it does not. */
    private record Fixed(int count) implements QueueCount {
        @Override
        public int of(DeviceConfig config, FeatureSet accepted) {
            return count;
        }
    }

    private static final FeatureSet WHAT_THE_QUEUE_CAN_DO =
            FeatureSet.of(
                    RingFeature.INDIRECT_DESC,
                    RingFeature.EVENT_IDX,
                    RingFeature.RING_PACKED,
                    RingFeature.IN_ORDER,
                    RingFeature.NOTIFICATION_DATA,
                    RingFeature.NOTIF_CONFIG_DATA,
                    RingFeature.RING_RESET);

    public DriverNeeds {
        known = List.copyOf(known);
        wanted = wanted.or(required);
        if (capacity < 1 || capacity > QueueMemory.MAX_CAPACITY || chainLength < 1) {
            throw new IllegalArgumentException(
                    "queues of "
                            + capacity
                            + " entries (1 to 32768), requests of up to "
                            + chainLength
                            + " buffers (at least 1)");
        }
    }

    /** One queue of 256 entries, requests of one buffer, the best interrupts there are. */
    public static DriverNeeds of(DeviceType type, Feature... known) {
        return new DriverNeeds(
                type,
                List.of(known),
                WHAT_THE_QUEUE_CAN_DO,
                FeatureSet.NONE,
                new Fixed(1),
                256,
                1,
                InterruptMode.VECTOR_PER_QUEUE);
    }

    public DriverNeeds wanting(Feature... features) {
        return with(wanted.or(FeatureSet.of(features)), required);
    }

    public DriverNeeds requiring(Feature... features) {
        return with(wanted, required.or(FeatureSet.of(features)));
    }

    /** Takes back what was wanted: to try a device without it. */
    public DriverNeeds without(Feature... features) {
        FeatureSet unwanted = FeatureSet.of(features);
        return with(wanted.minus(unwanted), required.minus(unwanted));
    }

    private DriverNeeds with(FeatureSet want, FeatureSet require) {
        return new DriverNeeds(
                type, known, want, require, queues, capacity, chainLength, bestInterrupts);
    }

    public DriverNeeds withQueues(int count) {
        return withQueues(new Fixed(count));
    }

    public DriverNeeds withQueues(QueueCount count) {
        return new DriverNeeds(
                type, known, wanted, required, count, capacity, chainLength, bestInterrupts);
    }

    public DriverNeeds withCapacity(int entries) {
        return new DriverNeeds(
                type, known, wanted, required, queues, entries, chainLength, bestInterrupts);
    }

    public DriverNeeds withChainLength(int buffers) {
        return new DriverNeeds(
                type, known, wanted, required, queues, capacity, buffers, bestInterrupts);
    }

    public DriverNeeds withInterrupts(InterruptMode best) {
        return new DriverNeeds(type, known, wanted, required, queues, capacity, chainLength, best);
    }
}
