package org.jvirtio.device;

import static org.jvirtio.device.NetConfig.DUPLEX;
import static org.jvirtio.device.NetConfig.MAC_0;
import static org.jvirtio.device.NetConfig.MAC_1;
import static org.jvirtio.device.NetConfig.MAC_2;
import static org.jvirtio.device.NetConfig.MAC_3;
import static org.jvirtio.device.NetConfig.MAC_4;
import static org.jvirtio.device.NetConfig.MAC_5;
import static org.jvirtio.device.NetConfig.MAX_VIRTQUEUE_PAIRS;
import static org.jvirtio.device.NetConfig.SPEED;

import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceConfig;
import org.jvirtio.Feature;
import org.jvirtio.Register;

/**
 * Feature bits of a network device (virtio 1.4 section 5.1.3), with the configuration fields that
 * each brings. All have names, so that what is refused is refused by name.
 */
public enum NetFeature implements Feature {
    CSUM(0),
    GUEST_CSUM(1),
    CTRL_GUEST_OFFLOADS(2),
    MTU(3, NetConfig.MTU),
    MAC(5, MAC_0, MAC_1, MAC_2, MAC_3, MAC_4, MAC_5),
    /** Legacy only (section 5.1.3.2): every kind of segmentation at once. */
    GSO(6),
    GUEST_TSO4(7),
    GUEST_TSO6(8),
    GUEST_ECN(9),
    GUEST_UFO(10),
    HOST_TSO4(11),
    HOST_TSO6(12),
    HOST_ECN(13),
    HOST_UFO(14),
    MRG_RXBUF(15),
    STATUS(16, NetConfig.STATUS),
    CTRL_VQ(17),
    CTRL_RX(18),
    CTRL_VLAN(19),
    CTRL_RX_EXTRA(20),
    GUEST_ANNOUNCE(21),
    MQ(22, MAX_VIRTQUEUE_PAIRS),
    CTRL_MAC_ADDR(23),
    DEVICE_STATS(50),
    HASH_TUNNEL(51, NetConfig.SUPPORTED_TUNNEL_TYPES),
    VQ_NOTF_COAL(52),
    NOTF_COAL(53),
    GUEST_USO4(54),
    GUEST_USO6(55),
    HOST_USO(56),
    HASH_REPORT(57, NetConfig.RSS_MAX_KEY_SIZE, NetConfig.SUPPORTED_HASH_TYPES),
    GUEST_HDRLEN(59),
    RSS(60, MAX_VIRTQUEUE_PAIRS, NetConfig.RSS_MAX_INDIRECTION_TABLE_LENGTH),
    RSC_EXT(61),
    STANDBY(62),
    SPEED_DUPLEX(63, SPEED, DUPLEX),
    RSS_CONTEXT(64),
    GUEST_UDP_TUNNEL_GSO(65),
    GUEST_UDP_TUNNEL_GSO_CSUM(66),
    HOST_UDP_TUNNEL_GSO(67),
    HOST_UDP_TUNNEL_GSO_CSUM(68),
    OUT_NET_HEADER(69),
    IPSEC(70);

    private final int bit;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
    private final List<Register> fields;

    NetFeature(int bit, Register... fields) {
        this.bit = bit;
        this.fields = List.of(fields);
    }

    @Override
    public int bit() {
        return bit;
    }

    @Override
    public List<Register> fields() {
        return fields;
    }

    /** Section 5.1.3.1, as far as one bit is needed and not one of two. */
    @Override
    public List<Feature> needs() {
        return switch (this) {
            case GUEST_TSO4, GUEST_TSO6, GUEST_UFO, GUEST_USO4, GUEST_USO6 -> List.of(GUEST_CSUM);
            case HOST_TSO4, HOST_TSO6, HOST_UFO, HOST_USO -> List.of(CSUM);
            case CTRL_RX,
                    CTRL_RX_EXTRA,
                    CTRL_VLAN,
                    MQ,
                    CTRL_MAC_ADDR,
                    CTRL_GUEST_OFFLOADS,
                    NOTF_COAL,
                    VQ_NOTF_COAL,
                    RSS ->
                    List.of(CTRL_VQ);
            case GUEST_ANNOUNCE -> List.of(CTRL_VQ, STATUS);
            default -> List.of();
        };
    }

    /** G15: who believed the number of pairs would look for the control queue elsewhere. */
    @Override
    public Optional<String> refusal(DeviceConfig config) {
        return this == MQ ? NetQueues.refusal(config) : Optional.empty();
    }
}
