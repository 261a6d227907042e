package org.jvirtio.transport;

import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.PciFunction.Addressing;

/** Feature negotiation through the common structure (virtio 1.4 sections 2.2, 3.1.1, 4.1.4.3). */
final class CommonFeatures {

    /** Windows that every device decodes; those above came with virtio 1.4. */
    private static final int FIRST_WINDOWS = 2;

    private static final int ALL_ONES = -1;

    private final String device;
    private final Registers registers;
    private final StatusRegister status;
    private Optional<FeatureSet> offered = Optional.empty();
    private Optional<FeatureSet> accepted = Optional.empty();

    CommonFeatures(String device, Registers registers, StatusRegister status) {
        this.device = device;
        this.registers = registers;
        this.status = status;
    }

    /** What the device offers; read once after each reset, so that it cannot change underneath. */
    FeatureSet offered() {
        if (offered.isEmpty()) {
            offered = Optional.of(readOffered());
        }
        return offered.get();
    }

    /** Writes the features, sets FEATURES_OK, and reads whether the device left it set. */
    void accept(FeatureSet features) {
        requireVersion1();
        requireAcceptable(features);
        for (int window = 0; window < FeatureSet.WINDOWS; window++) {
            // All windows are 0 after a reset; a device older than 1.4 may not know the upper two.
            if (window < FIRST_WINDOWS || features.window(window) != 0) {
                registers.write(CommonRegister.DRIVER_FEATURE_SELECT, window);
                registers.write(CommonRegister.DRIVER_FEATURE, features.window(window));
            }
        }
        status.add(DeviceStatus.FEATURES_OK);
        if (!DeviceStatus.FEATURES_OK.in(status.read())) {
            throw refused(features);
        }
        accepted = Optional.of(features);
    }

    boolean accepted(RingFeature feature) {
        return accepted.isPresent() && accepted.get().has(feature);
    }

    /** What the device takes our addresses for: known once the features are accepted (6.1). */
    Addressing addressing() {
        if (accepted.isEmpty()) {
            throw new IllegalStateException(
                    "DMA memory of "
                            + device
                            + " before acceptFeatures: ACCESS_PLATFORM decides which addresses"
                            + " the device understands");
        }
        return accepted(RingFeature.ACCESS_PLATFORM) ? Addressing.PLATFORM : Addressing.PHYSICAL;
    }

    /** Forgets everything: the device was reset. */
    void clear() {
        offered = Optional.empty();
        accepted = Optional.empty();
    }

    private FeatureSet readOffered() {
        FeatureSet features = FeatureSet.NONE;
        for (int window = 0; window < FeatureSet.WINDOWS; window++) {
            registers.write(CommonRegister.DEVICE_FEATURE_SELECT, window);
            int bits = registers.read(CommonRegister.DEVICE_FEATURE);
            if (bits == ALL_ONES) {
                // No device offers that much; if nobody is there, this read tells.
                status.read();
            }
            features = features.or(FeatureSet.ofWindow(window, bits));
        }
        return features;
    }

    private void requireVersion1() {
        if (!offered().has(RingFeature.VERSION_1)) {
            throw new LayoutException(
                    String.format(
                            "Negotiating features of %s: VERSION_1 is not offered (offered: %s),"
                                    + " so behind its new registers this is a legacy device"
                                    + " (section 2.2.3). Confirm the choice before the layout is"
                                    + " opened, choose the policy 'legacy', or repair the device"
                                    + " model.",
                            device, offered()));
        }
    }

    private void requireAcceptable(FeatureSet features) {
        FeatureSet excess = features.minus(offered());
        if (!excess.isEmpty()) {
            throw new IllegalArgumentException(
                    "accepted but not offered: " + excess.names(RingFeature.values()));
        }
        if (!features.has(RingFeature.VERSION_1)) {
            throw new IllegalArgumentException(
                    "VERSION_1 is offered and must be accepted (section 6.1); accepted: "
                            + features.names(RingFeature.values()));
        }
    }

    private LayoutException refused(FeatureSet features) {
        return new LayoutException(
                String.format(
                        "Negotiating features of %s: the device cleared FEATURES_OK, so it refuses"
                                + " %s (accepted: %s of offered: %s). Some devices insist on a feature that was left out"
                                + " (ACCESS_PLATFORM, for one): accept more, or change the device.",
                        device, features.names(RingFeature.values()), features, offered()));
    }
}
