package org.jvirtio.learn.exercise;

import java.util.List;
import java.util.Optional;

/** Lesson 3: which registers a driver uses, by what it has seen of a function. */
public interface LayoutDecider {

    /** What a driver can come to. */
    enum Decision {
        VIRTIO1,
        REGISTER_SET,
        LEGACY,
        /** There is nothing for this driver; other functions go on. */
        NONE,
        /** The function describes a layout and describes it wrongly: an error, never a fallback. */
        BROKEN
    }

    /**
     * What was seen. Every virtio capability in {@code structures} has a good BAR, offset and
     * length.
     *
     * @param structures cfg_type of each virtio 1.x capability: 1 common, 2 notify, 3 ISR, 4 device
     * @param registerSets the dwords of the capability of 2011, if there is one: legacy,
     *     virtio-pci, virtio-config, virtio-isr
     */
    record Seen(
            int deviceId,
            int revision,
            boolean bar0IsIo,
            long bar1Length,
            List<Integer> structures,
            Optional<int[]> registerSets) {}

    Decision decide(Seen seen);
}
