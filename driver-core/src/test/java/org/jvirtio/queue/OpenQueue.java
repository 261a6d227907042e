package org.jvirtio.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.partner.PartnerMemory;
import org.jvirtio.partner.RingPeer;

/** A queue, its partner, and buffers between them, in one memory. */
final class OpenQueue {

    private static final RingFeature[] THAT_MATTER = {
        RingFeature.RING_PACKED,
        RingFeature.INDIRECT_DESC,
        RingFeature.EVENT_IDX,
        RingFeature.IN_ORDER
    };

    final FeatureSet features;
    final PartnerMemory memory;
    final DmaRegion buffers;
    final Virtqueue queue;
    private final Chain chain = new Chain(8);
    RingPeer peer;

    /** What each doorbell carried. */
    final List<Integer> rings = new ArrayList<>();

    OpenQueue(FeatureSet features, int capacity) {
        this(features, capacity, UsedLengths.STRICT);
    }

    OpenQueue(FeatureSet features, int capacity, UsedLengths lengths) {
        this.features = features;
        memory = new PartnerMemory((1 << 15) + 128L * capacity);
        buffers = memory.allocate(4096, 4096);
        int entries = features.has(RingFeature.INDIRECT_DESC) ? 4 : 0;
        QueueMemory shape = QueueMemory.allocate(features, memory, capacity, entries);
        queue = shape.open(new QueueSetup("queue 0", features, lengths, rings::add));
        meetNewPeer();
    }

    /** Split and packed, each with every subset of the features that change it. */
    static Stream<Named<FeatureSet>> everyFeatureSet() {
        return IntStream.range(0, 1 << THAT_MATTER.length).mapToObj(OpenQueue::subset);
    }

    private static Named<FeatureSet> subset(int bits) {
        FeatureSet features = FeatureSet.NONE;
        for (int i = 0; i < THAT_MATTER.length; i++) {
            features = (bits >>> i & 1) != 0 ? features.with(THAT_MATTER[i].bit()) : features;
        }
        return Named.of(
                features.isEmpty() ? "split" : features.names(THAT_MATTER).toString(), features);
    }

    /** A partner that remembers nothing, as after a reset. */
    void meetNewPeer() {
        peer = RingPeer.of(memory, queue.addresses(), queue.capacity(), features);
    }

    boolean has(RingFeature feature) {
        return features.has(feature);
    }

    /** A chain of three buffers: 16 bytes to read, 513 to write. */
    Chain three() {
        return chain.clear()
                .readable(buffers.deviceAddress(0), 16)
                .writable(buffers.deviceAddress(512), 512)
                .writable(buffers.deviceAddress(64), 1);
    }

    /** A chain of {@code count} buffers of one byte each, all to write. */
    Chain chainOf(int count) {
        chain.clear();
        for (int i = 0; i < count; i++) {
            chain.writable(buffers.deviceAddress(i), 1);
        }
        return chain;
    }

    /** A request of one buffer of 64 bytes to write. */
    boolean offerOne(long token) {
        return queue.offerWritable(buffers.deviceAddress(128), 64, token);
    }

    void publishOnes(int count) {
        for (int i = 0; i < count; i++) {
            offerOne(i);
        }
        queue.publish();
    }

    List<RingPeer.Request> takeAll() {
        List<RingPeer.Request> requests = new ArrayList<>();
        while (peer.hasRequest()) {
            requests.add(peer.take());
        }
        return requests;
    }

    /** Through the whole way and back, {@code count} times, one request at a time. */
    void turn(int count) {
        for (int i = 0; i < count; i++) {
            publishOnes(1);
            peer.use(peer.take().id(), 1);
            if (!queue.poll()) {
                throw new AssertionError("request " + i + " did not come back");
            }
        }
    }
}
