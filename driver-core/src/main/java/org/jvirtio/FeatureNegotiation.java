package org.jvirtio;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides, for every bit that the device offers, whether it is accepted and why (virtio 1.4
 * sections 2.2 and 6). Bits are read once, before; this class only thinks.
 */
final class FeatureNegotiation {

    private static final int BITS = 128;

    private final DriverNeeds needs;
    private final FeatureSet offered;
    private final DeviceConfig config;
    private final Feature[] features = new Feature[BITS];
    private final String[] reasons = new String[BITS];
    private FeatureSet accepted = FeatureSet.NONE;

    FeatureNegotiation(DriverNeeds needs, FeatureSet offered, DeviceConfig config) {
        this.needs = needs;
        this.offered = offered;
        this.config = config;
        name(List.of(RingFeature.values()));
        name(needs.known());
        for (int bit = 0; bit < BITS; bit++) {
            if (offered.has(bit)) {
                decide(bit);
            } else if (needs.wanted().has(bit)) {
                reasons[bit] = "the driver would use it, the device does not offer it";
            }
        }
        dropWhatLacksAPrerequisite();
    }

    FeatureSet accepted() {
        return accepted;
    }

    /** One decision per bit offered or wanted, lowest first. */
    List<FeatureDecision> decisions() {
        List<FeatureDecision> decisions = new ArrayList<>();
        for (int bit = 0; bit < BITS; bit++) {
            if (reasons[bit] != null) {
                decisions.add(
                        new FeatureDecision(bit, nameOf(bit), accepted.has(bit), reasons[bit]));
            }
        }
        return decisions;
    }

    /**
     * Refuses a device that lacks what the driver cannot do without.
     *
     * @throws LayoutException naming each missing feature with its reason
     */
    void requireAllRequired() {
        FeatureSet missing = needs.required().minus(accepted);
        if (missing.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (FeatureDecision decision : decisions()) {
            if (missing.has(decision.bit())) {
                lines.add(decision.toString());
            }
        }
        throw new LayoutException(
                "negotiating features: the driver cannot work with what the device offers ("
                        + offered
                        + "): "
                        + String.join("; ", lines)
                        + ". Give the device that feature, or choose another layout.");
    }

    private void name(List<? extends Feature> known) {
        for (Feature feature : known) {
            features[feature.bit()] = feature;
        }
    }

    private void decide(int bit) {
        Feature feature = features[bit];
        String must = mandatory(bit);
        if (must != null) {
            accept(bit, must);
        } else if (bit == RingFeature.UNUSED.bit()) {
            reasons[bit] = "it marks a broken old driver and is never accepted (section 6.3)";
        } else if (feature == null) {
            reasons[bit] = "it has no meaning for this driver";
        } else if (!needs.wanted().has(bit)) {
            reasons[bit] = "the driver does not use it";
        } else if (missingField(feature) != null) {
            reasons[bit] = fieldIsMissing(missingField(feature));
        } else {
            reasons[bit] = feature.refusal(config).orElse(null);
            if (reasons[bit] == null) {
                accept(bit, "the driver uses it");
            }
        }
    }

    private void accept(int bit, String reason) {
        accepted = accepted.with(bit);
        reasons[bit] = reason;
    }

    /** Why a bit is accepted whatever the driver wants; null for most bits. */
    private static String mandatory(int bit) {
        if (bit == RingFeature.VERSION_1.bit()) {
            return "a driver must accept it (section 6.1)";
        }
        if (bit == RingFeature.ACCESS_PLATFORM.bit()) {
            return "addresses then go through the platform's translation (section 6.1)";
        }
        if (bit == RingFeature.ANY_LAYOUT.bit()) {
            return "a driver that knows it must accept it (section 6.3)";
        }
        if (bit == RingFeature.ORDER_PLATFORM.bit() && isX86()) {
            return "the fences of this processor order memory for real devices too (section 6.1)";
        }
        return null;
    }

    private static boolean isX86() {
        String arch = System.getProperty("os.arch");
        return arch.equals("amd64") || arch.equals("x86_64") || arch.equals("i386");
    }

    private Register missingField(Feature feature) {
        for (Register field : feature.fields()) {
            if (!config.has(field)) {
                return field;
            }
        }
        return null;
    }

    private String fieldIsMissing(Register field) {
        return String.format(
                "its field %s (bytes %d to %d) is not in the device configuration of %d bytes",
                field.name(),
                field.offset(),
                field.offset() + field.width() - 1,
                config.fields().length());
    }

    /** Repeats until nothing changes: dropping one feature may take the ground from another. */
    private void dropWhatLacksAPrerequisite() {
        boolean dropped = true;
        while (dropped) {
            dropped = false;
            for (int bit = 0; bit < BITS; bit++) {
                dropped |= accepted.has(bit) && dropIfGroundless(bit);
            }
        }
    }

    private boolean dropIfGroundless(int bit) {
        Feature feature = features[bit];
        for (Feature ground : feature.needs()) {
            if (!accepted.has(ground)) {
                accepted = accepted.minus(FeatureSet.of(feature));
                reasons[bit] =
                        "it needs " + ground.name() + ", which is not accepted (section 2.2.1)";
                return true;
            }
        }
        return false;
    }

    private String nameOf(int bit) {
        Feature feature = features[bit];
        return feature == null ? "bit " + bit : feature.name();
    }
}
