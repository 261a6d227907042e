package org.jvirtio.lab.check;

import static org.jvirtio.device.NetFeature.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.NetFeature;

/** Which features there are, and what each depends on (virtio 1.4 sections 5.1.3.1 and 6). */
final class FeatureNeeds {

    /** Each net feature with those of which one is needed. */
    private static final Map<NetFeature, List<NetFeature>> NET =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(GUEST_TSO4, List.of(GUEST_CSUM)),
                            Map.entry(GUEST_TSO6, List.of(GUEST_CSUM)),
                            Map.entry(GUEST_ECN, List.of(GUEST_TSO4, GUEST_TSO6)),
                            Map.entry(GUEST_UFO, List.of(GUEST_CSUM)),
                            Map.entry(GUEST_USO4, List.of(GUEST_CSUM)),
                            Map.entry(GUEST_USO6, List.of(GUEST_CSUM)),
                            Map.entry(HOST_TSO4, List.of(CSUM)),
                            Map.entry(HOST_TSO6, List.of(CSUM)),
                            Map.entry(HOST_ECN, List.of(HOST_TSO4, HOST_TSO6)),
                            Map.entry(HOST_UFO, List.of(CSUM)),
                            Map.entry(HOST_USO, List.of(CSUM)),
                            Map.entry(CTRL_RX, List.of(CTRL_VQ)),
                            Map.entry(CTRL_VLAN, List.of(CTRL_VQ)),
                            Map.entry(GUEST_ANNOUNCE, List.of(CTRL_VQ)),
                            Map.entry(MQ, List.of(CTRL_VQ)),
                            Map.entry(CTRL_MAC_ADDR, List.of(CTRL_VQ)),
                            Map.entry(RSC_EXT, List.of(HOST_TSO4, HOST_TSO6)),
                            Map.entry(RSS, List.of(CTRL_VQ)),
                            Map.entry(NOTF_COAL, List.of(CTRL_VQ)),
                            Map.entry(VQ_NOTF_COAL, List.of(CTRL_VQ)),
                            Map.entry(HASH_TUNNEL, List.of(RSS, HASH_REPORT)),
                            Map.entry(RSS_CONTEXT, List.of(RSS)),
                            Map.entry(DEVICE_STATS, List.of(CTRL_VQ))));

    private static final int CONSOLE_BITS = 3;
    private static final int LAST_RING = RingFeature.ADMIN_VQ.bit();

    private FeatureNeeds() {}

    /** One sentence for each offered feature without what it depends on. */
    static List<String> missing(DeviceType type, FeatureSet offered) {
        List<String> missing = new ArrayList<>();
        if (type == DeviceType.NETWORK) {
            NET.forEach(
                    (feature, needs) -> {
                        if (offered.has(feature) && needs.stream().noneMatch(offered::has)) {
                            missing.add(feature + " without " + needs);
                        }
                    });
            // The only one that needs two: one of those above, and the queue that it is set over.
            if (offered.has(HASH_TUNNEL) && !offered.has(CTRL_VQ)) {
                missing.add(HASH_TUNNEL + " without " + List.of(CTRL_VQ));
            }
        }
        return missing;
    }

    /** The bits that a device of this type may offer through this kind of interface. */
    static FeatureSet defined(DeviceType type, boolean legacy) {
        FeatureSet set = ofType(type, legacy);
        for (RingFeature feature : RingFeature.values()) {
            if (legacy ? feature.bit() < 32 : isModern(feature)) {
                set = set.with(feature.bit());
            }
        }
        return set;
    }

    /** Bits 24, 27 and 30 exist for the legacy interface alone (section 6.3). */
    private static boolean isModern(RingFeature feature) {
        return switch (feature) {
            case NOTIFY_ON_EMPTY, ANY_LAYOUT, UNUSED -> false;
            default -> feature.bit() <= LAST_RING || feature == RingFeature.SUSPEND;
        };
    }

    private static FeatureSet ofType(DeviceType type, boolean legacy) {
        FeatureSet set = FeatureSet.NONE;
        switch (type) {
            case BLOCK -> {
                for (BlockFeature feature : BlockFeature.values()) {
                    set = legacy || !isLegacyOnly(feature) ? set.with(feature.bit()) : set;
                }
            }
            case NETWORK -> {
                for (NetFeature feature : NetFeature.values()) {
                    set = legacy || feature != GSO ? set.with(feature.bit()) : set;
                }
            }
            case CONSOLE -> {
                for (int bit = 0; bit < CONSOLE_BITS; bit++) {
                    set = set.with(bit);
                }
            }
            case ENTROPY -> {}
            default -> set = everyTypeBit();
        }
        return set;
    }

    private static boolean isLegacyOnly(Feature feature) {
        return feature == BlockFeature.BARRIER || feature == BlockFeature.SCSI;
    }

    /** Of types whose features are not listed here nothing is said. */
    private static FeatureSet everyTypeBit() {
        FeatureSet set = FeatureSet.NONE;
        for (int bit = 0; bit < 128; bit++) {
            set = bit < 24 || bit >= 50 ? set.with(bit) : set;
        }
        return set;
    }
}
