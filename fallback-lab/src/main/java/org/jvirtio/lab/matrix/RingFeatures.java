package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/** Which features of the ring a cell's driver wants; whatever else is offered it must refuse. */
public enum RingFeatures {
    PLAIN("plain"),
    EVENT_IDX("event-idx", RingFeature.EVENT_IDX),
    INDIRECT("indirect", RingFeature.INDIRECT_DESC),
    EVENT_IDX_INDIRECT("event-idx+indirect", RingFeature.EVENT_IDX, RingFeature.INDIRECT_DESC),
    IN_ORDER("in-order", RingFeature.IN_ORDER),
    RING_RESET("ring-reset", RingFeature.RING_RESET),
    ALL(
            "all",
            RingFeature.EVENT_IDX,
            RingFeature.INDIRECT_DESC,
            RingFeature.IN_ORDER,
            RingFeature.NOTIFICATION_DATA,
            RingFeature.RING_RESET);

    /** Every feature that this axis decides upon, and the one of the axis before. */
    static final FeatureSet DECIDED =
            FeatureSet.of(
                    RingFeature.EVENT_IDX,
                    RingFeature.INDIRECT_DESC,
                    RingFeature.RING_PACKED,
                    RingFeature.IN_ORDER,
                    RingFeature.NOTIFICATION_DATA,
                    RingFeature.NOTIF_CONFIG_DATA,
                    RingFeature.RING_RESET);

    private static final int LEGACY_BITS = 32;

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
    private final List<RingFeature> wanted;

    RingFeatures(String label, RingFeature... wanted) {
        this.label = label;
        this.wanted = List.of(wanted);
    }

    public String label() {
        return label;
    }

    RingFeature[] wanted() {
        return wanted.toArray(RingFeature[]::new);
    }

    /** True if the legacy layout cannot say all of them: its features end at bit 31. */
    boolean areBeyondLegacy() {
        return wanted.stream().anyMatch(feature -> feature.bit() >= LEGACY_BITS);
    }
}
