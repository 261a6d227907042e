package org.jvirtio;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of feature bits, 128 wide because virtio 1.4 defines bits 64 to 70.
 *
 * @param low bits 0 to 63
 * @param high bits 64 to 127
 */
public record FeatureSet(long low, long high) {

    public static final FeatureSet NONE = new FeatureSet(0, 0);

    /** How many 32-bit windows the register interface of section 4.1.4.3 needs for this set. */
    public static final int WINDOWS = 4;

    public static FeatureSet of(Feature... features) {
        FeatureSet set = NONE;
        for (Feature feature : features) {
            set = set.with(feature.bit());
        }
        return set;
    }

    /** The set whose 32-bit window {@code index} holds {@code bits}. */
    public static FeatureSet ofWindow(int index, int bits) {
        long wide = (bits & 0xffffffffL) << ((index & 1) * 32);
        return index < 2 ? new FeatureSet(wide, 0) : new FeatureSet(0, wide);
    }

    /** Bits {@code 32 * index} to {@code 32 * index + 31}. */
    public int window(int index) {
        return (int) ((index < 2 ? low : high) >>> ((index & 1) * 32));
    }

    public boolean has(Feature feature) {
        return has(feature.bit());
    }

    public boolean has(int bit) {
        return ((bit < 64 ? low : high) >>> (bit & 63) & 1) != 0;
    }

    public FeatureSet with(int bit) {
        long mask = 1L << (bit & 63);
        return bit < 64 ? new FeatureSet(low | mask, high) : new FeatureSet(low, high | mask);
    }

    public FeatureSet and(FeatureSet other) {
        return new FeatureSet(low & other.low, high & other.high);
    }

    public FeatureSet or(FeatureSet other) {
        return new FeatureSet(low | other.low, high | other.high);
    }

    public FeatureSet minus(FeatureSet other) {
        return new FeatureSet(low & ~other.low, high & ~other.high);
    }

    public boolean isEmpty() {
        return low == 0 && high == 0;
    }

    /** The names of the bits that are set; a bit that nobody named reads {@code bit 57}. */
    public List<String> names(Feature[]... known) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < 128; bit++) {
            if (has(bit)) {
                names.add(nameOf(bit, known));
            }
        }
        return names;
    }

    private static String nameOf(int bit, Feature[]... known) {
        for (Feature[] features : known) {
            for (Feature feature : features) {
                if (feature.bit() == bit) {
                    return feature.name();
                }
            }
        }
        return "bit " + bit;
    }

    @Override
    public String toString() {
        return high == 0 ? String.format("0x%x", low) : String.format("0x%x%016x", high, low);
    }
}
