package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/**
 * The bytes of the fuzzer are the device: between any two calls of the driver they write to what a
 * device can write to. Whatever they say, the driver throws nothing but its own exceptions, ends,
 * keeps the canaries round every buffer whole, and hands no token out twice.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried; {@code ./jvirtio test
 * --long} looks for new ones; each target of this module gets some minutes.
 */
class UsedRingFuzzTest {

    @FuzzTest(maxDuration = "280s")
    void split(FuzzedDataProvider data) {
        new HostileDevice(features(data, FeatureSet.NONE), data).run();
    }

    @FuzzTest(maxDuration = "280s")
    void packed(FuzzedDataProvider data) {
        new HostileDevice(features(data, Formats.PACKED), data).run();
    }

    private static FeatureSet features(FuzzedDataProvider data, FeatureSet format) {
        FeatureSet features = format;
        for (RingFeature feature :
                new RingFeature[] {
                    RingFeature.INDIRECT_DESC, RingFeature.EVENT_IDX, RingFeature.IN_ORDER
                }) {
            features = data.consumeBoolean() ? features.with(feature.bit()) : features;
        }
        return features;
    }
}
