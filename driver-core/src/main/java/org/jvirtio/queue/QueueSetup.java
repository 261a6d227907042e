package org.jvirtio.queue;

import org.jvirtio.Doorbell;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/**
 * What a queue has to know besides its memory.
 *
 * @param name for messages: {@code queue 0 of block}
 * @param accepted the features, of which those of the rings matter here
 */
public record QueueSetup(
        String name, FeatureSet accepted, UsedLengths usedLengths, Doorbell doorbell) {

    boolean eventIndex() {
        return accepted.has(RingFeature.EVENT_IDX);
    }

    boolean inOrder() {
        return accepted.has(RingFeature.IN_ORDER);
    }
}
