package org.jvirtio.model;

import java.util.BitSet;

/**
 * Feature negotiation, device side (virtio 1.4 sections 2.2 and 6). What is offered depends on the
 * interface that is used: legacy has 32 bits and ANY_LAYOUT instead of VERSION_1.
 */
final class Negotiation {

    private final BitSet modern = new BitSet();
    private final BitSet legacy = new BitSet();
    private final Complaints complaints;
    private BitSet written = new BitSet();

    int deviceSelect;
    int driverSelect;

    Negotiation(BitSet typeFeatures, FunctionOptions options, Complaints complaints) {
        this.complaints = complaints;
        modern.or(typeFeatures);
        modern.set(RingBit.INDIRECT_DESC.bit);
        modern.set(RingBit.EVENT_IDX.bit);
        legacy.or(modern.get(0, RingBit.LEGACY_BITS));
        legacy.set(RingBit.ANY_LAYOUT.bit);
        modern.set(RingBit.VERSION_1.bit);
        modern.set(RingBit.ACCESS_PLATFORM.bit, options.accessPlatform());
        modern.or(options.offered());
        modern.andNot(options.withheld());
        legacy.andNot(options.withheld());
    }

    void reset() {
        written = new BitSet();
        deviceSelect = 0;
        driverSelect = 0;
    }

    BitSet offered(boolean toLegacy) {
        return toLegacy ? legacy : modern;
    }

    /** The valid bits that the driver wrote (section 4.1.4.3.1). */
    BitSet accepted(boolean byLegacy) {
        return FeatureBits.and(written, offered(byLegacy));
    }

    void write(boolean byLegacy, int select, int word) {
        FeatureBits.setWindow(written, select, word);
        BitSet excess = FeatureBits.minus(written, offered(byLegacy));
        if (!excess.isEmpty()) {
            complaints.add(
                    "the driver accepts features that were not offered: bits "
                            + excess
                            + " (section 2.2.1)");
        }
    }

    /** True if FEATURES_OK may stay set (section 2.2.2). */
    boolean agrees() {
        boolean subset = FeatureBits.minus(written, modern).isEmpty();
        boolean versionMissing =
                modern.get(RingBit.VERSION_1.bit) && !written.get(RingBit.VERSION_1.bit);
        return subset && !versionMissing;
    }
}
