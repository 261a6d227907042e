package org.jvirtio.lab.trace;

import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.device.NetFeature;

/**
 * A feature that must not be accepted, nor offered, without another (virtio 1.4 section 5.1.3.1).
 *
 * @param anyOf of these, one is enough
 */
record FeatureGround(Feature feature, List<NetFeature> anyOf) {

    private static final List<FeatureGround> NET =
            List.of(
                    ground(NetFeature.GUEST_TSO4, NetFeature.GUEST_CSUM),
                    ground(NetFeature.GUEST_TSO6, NetFeature.GUEST_CSUM),
                    ground(NetFeature.GUEST_ECN, NetFeature.GUEST_TSO4, NetFeature.GUEST_TSO6),
                    ground(NetFeature.GUEST_UFO, NetFeature.GUEST_CSUM),
                    ground(NetFeature.GUEST_USO4, NetFeature.GUEST_CSUM),
                    ground(NetFeature.GUEST_USO6, NetFeature.GUEST_CSUM),
                    ground(NetFeature.HOST_TSO4, NetFeature.CSUM),
                    ground(NetFeature.HOST_TSO6, NetFeature.CSUM),
                    ground(NetFeature.HOST_ECN, NetFeature.HOST_TSO4, NetFeature.HOST_TSO6),
                    ground(NetFeature.HOST_UFO, NetFeature.CSUM),
                    ground(NetFeature.HOST_USO, NetFeature.CSUM),
                    ground(NetFeature.CTRL_RX, NetFeature.CTRL_VQ),
                    ground(NetFeature.CTRL_VLAN, NetFeature.CTRL_VQ),
                    ground(NetFeature.GUEST_ANNOUNCE, NetFeature.CTRL_VQ),
                    ground(NetFeature.MQ, NetFeature.CTRL_VQ),
                    ground(NetFeature.CTRL_MAC_ADDR, NetFeature.CTRL_VQ),
                    ground(NetFeature.NOTF_COAL, NetFeature.CTRL_VQ),
                    ground(NetFeature.RSC_EXT, NetFeature.HOST_TSO4, NetFeature.HOST_TSO6),
                    ground(NetFeature.RSS, NetFeature.CTRL_VQ),
                    ground(NetFeature.VQ_NOTF_COAL, NetFeature.CTRL_VQ),
                    ground(NetFeature.HASH_TUNNEL, NetFeature.CTRL_VQ),
                    ground(NetFeature.HASH_TUNNEL, NetFeature.RSS, NetFeature.HASH_REPORT),
                    ground(NetFeature.RSS_CONTEXT, NetFeature.RSS));

    private static FeatureGround ground(NetFeature feature, NetFeature... anyOf) {
        return new FeatureGround(feature, List.of(anyOf));
    }

    /** Says which feature of a set lacks its ground; empty if none does. */
    static Optional<String> missing(Optional<DeviceType> type, FeatureSet features) {
        if (type.isEmpty() || type.get() != DeviceType.NETWORK) {
            return Optional.empty();
        }
        return NET.stream()
                .filter(ground -> features.has(ground.feature()))
                .filter(ground -> ground.anyOf().stream().noneMatch(features::has))
                .findFirst()
                .map(ground -> ground.feature().name() + " without " + ground.anyOf());
    }
}
