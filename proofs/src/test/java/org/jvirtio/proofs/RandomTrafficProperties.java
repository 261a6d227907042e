package org.jvirtio.proofs;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;

/**
 * Random chains in random batches, against a device that reorders, delays and batches what it uses
 * as it likes: every token comes back once, with the length that was written; the bytes written are
 * in the buffers, and nowhere else.
 */
class RandomTrafficProperties {

    /** What one side does next, and how much of it. */
    record Step(Kind kind, int amount) {}

    enum Kind {
        OFFER,
        PUBLISH,
        TAKE,
        USE,
        SHOW,
        HARVEST
    }

    @Property
    void everyTokenComesBackOnceAndBuffersHoldWhatWasWritten(
            @ForAll("features") FeatureSet features,
            @ForAll("sizes") int size,
            @ForAll("scripts") List<Step> script) {
        boolean packed = features.has(RingFeature.RING_PACKED);
        int capacity = packed ? size : Integer.highestOneBit(size);
        Conversation conversation = new Conversation(features, capacity);
        for (Step step : script) {
            conversation.take(step);
        }
        conversation.finish();
    }

    @Provide
    Arbitrary<FeatureSet> features() {
        return Arbitraries.subsetOf(
                        RingFeature.RING_PACKED,
                        RingFeature.INDIRECT_DESC,
                        RingFeature.EVENT_IDX,
                        RingFeature.IN_ORDER)
                .map(set -> FeatureSet.of(set.toArray(RingFeature[]::new)));
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, 20);
    }

    @Provide
    Arbitrary<List<Step>> scripts() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
        Arbitrary<Integer> amounts = Arbitraries.integers().between(0, 30);
        return Combinators.combine(kinds, amounts).as(Step::new).list().ofMaxSize(300);
    }
}
