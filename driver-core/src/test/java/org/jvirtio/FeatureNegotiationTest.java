package org.jvirtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvirtio.partner.PartnerConfig;

/** Virtio 1.4 sections 2.2.1 and 6. */
class FeatureNegotiationTest {

    private enum Field implements Register {
        CEILING;

        @Override
        public int offset() {
            return 8;
        }

        @Override
        public int width() {
            return 4;
        }

        @Override
        public String source() {
            return "this test";
        }
    }

    private enum Toy implements Feature {
        BASE(0),
        MIDDLE(1),
        TOP(2),
        FIELDED(3),
        WIDE(70);

        private final int bit;

        Toy(int bit) {
            this.bit = bit;
        }

        @Override
        public int bit() {
            return bit;
        }

        @Override
        public List<Feature> needs() {
            return switch (this) {
                case MIDDLE -> List.of(BASE);
                case TOP -> List.of(MIDDLE);
                default -> List.of();
            };
        }

        @Override
        public List<Register> fields() {
            return this == FIELDED ? List.of(Field.CEILING) : List.of();
        }
    }

    private static final FeatureSet MANDATORY =
            FeatureSet.of(
                    RingFeature.VERSION_1, RingFeature.ACCESS_PLATFORM, RingFeature.ANY_LAYOUT);

    private static final DriverNeeds ALL =
            DriverNeeds.of(DeviceType.BLOCK, Toy.values()).wanting(Toy.values());

    private static FeatureNegotiation negotiate(DriverNeeds needs, Feature... offered) {
        return new FeatureNegotiation(needs, FeatureSet.of(offered), new PartnerConfig(12));
    }

    @Test
    void acceptsWhatIsOfferedAndWantedAndNothingElse() {
        FeatureNegotiation features = negotiate(ALL, Toy.BASE, Toy.WIDE, RingFeature.SR_IOV);

        assertEquals(FeatureSet.of(Toy.BASE, Toy.WIDE), features.accepted());
    }

    @Test
    void acceptsOfEveryBitThereIsOnlyWhatItKnowsAndUses() {
        FeatureSet everything = new FeatureSet(-1, -1);
        FeatureNegotiation features =
                new FeatureNegotiation(ALL, everything, new PartnerConfig(12));

        for (int bit = 0; bit < 128; bit++) {
            boolean wanted = ALL.wanted().has(bit) || MANDATORY.has(bit);
            if (bit == RingFeature.ORDER_PLATFORM.bit()) {
                // Where Java's fences reach real devices: known of x86 only.
                wanted = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
            }
            assertEquals(wanted, features.accepted().has(bit), "bit " + bit);
        }
        assertEquals(128, features.decisions().size());
        assertFalse(features.accepted().has(RingFeature.UNUSED));
    }

    @ParameterizedTest
    @EnumSource(
            value = RingFeature.class,
            names = {"VERSION_1", "ACCESS_PLATFORM", "ANY_LAYOUT"})
    void acceptsWhatMustBeAcceptedEvenUnwanted(RingFeature feature) {
        DriverNeeds nothing = ALL.without(RingFeature.values()).without(Toy.values());

        assertTrue(negotiate(nothing, feature).accepted().has(feature));
    }

    @Test
    void dropsAFeatureWhosePrerequisiteIsNotOffered() {
        FeatureNegotiation features = negotiate(ALL, Toy.MIDDLE, Toy.TOP);

        assertTrue(features.accepted().isEmpty());
        assertTrue(
                features.decisions()
                        .contains(
                                new FeatureDecision(
                                        2,
                                        "TOP",
                                        false,
                                        "it needs MIDDLE, which is not accepted (section 2.2.1)")));
    }

    @Test
    void keepsAFeatureWhosePrerequisitesAreAllThere() {
        FeatureNegotiation features = negotiate(ALL, Toy.BASE, Toy.MIDDLE, Toy.TOP);

        assertEquals(FeatureSet.of(Toy.BASE, Toy.MIDDLE, Toy.TOP), features.accepted());
    }

    /** G7: the configuration is smaller than the feature implies. */
    @Test
    void dropsAFeatureWhoseFieldIsNotShown() {
        FeatureSet offered = FeatureSet.of(Toy.FIELDED);

        assertTrue(
                new FeatureNegotiation(ALL, offered, new PartnerConfig(12))
                        .accepted()
                        .has(Toy.FIELDED));
        FeatureNegotiation features = new FeatureNegotiation(ALL, offered, new PartnerConfig(11));
        assertFalse(features.accepted().has(Toy.FIELDED));
        assertTrue(
                features.decisions()
                        .contains(
                                new FeatureDecision(
                                        3,
                                        "FIELDED",
                                        false,
                                        "its field CEILING (bytes 8 to 11) is not in the device"
                                                + " configuration of 11 bytes")));
    }

    @Test
    void namesEveryRequiredFeatureThatIsMissing() {
        FeatureNegotiation features =
                negotiate(ALL.requiring(Toy.BASE, Toy.TOP), RingFeature.VERSION_1);

        LayoutException failure = assertThrows(LayoutException.class, features::requireAllRequired);
        assertTrue(failure.getMessage().contains("refused BASE (bit 0)"), failure.getMessage());
        assertTrue(failure.getMessage().contains("refused TOP (bit 2)"), failure.getMessage());
    }
}
