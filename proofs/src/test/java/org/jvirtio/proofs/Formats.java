package org.jvirtio.proofs;

import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/** The sets of features that the proofs are about. */
final class Formats {

    static final FeatureSet SPLIT = FeatureSet.NONE;
    static final FeatureSet SPLIT_EVENT = FeatureSet.of(RingFeature.EVENT_IDX);
    static final FeatureSet PACKED = FeatureSet.of(RingFeature.RING_PACKED);
    static final FeatureSet PACKED_EVENT =
            FeatureSet.of(RingFeature.RING_PACKED, RingFeature.EVENT_IDX);

    private Formats() {}
}
