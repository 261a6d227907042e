package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.Transport;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.NetFeature;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * What a device says of itself through one of its layouts.
 *
 * @param config all of the device configuration that the layout shows, in hex
 * @param queueSizes the most entries of each queue, for as many queues as there are, at most 8
 */
record DeviceView(
        String half, DeviceType type, FeatureSet offered, String config, List<Integer> queueSizes) {

    private static final int MOST_QUEUES = 8;
    private static final int MOST_ENTRIES = 32768;

    /** What no device type of ours exceeds; a window may be padded to a page. */
    private static final int MOST_CONFIG_BYTES = 96;

    /** Bits that only the legacy half may offer (sections 6.3, 5.2.3.1 and 5.1.3.2). */
    private static final FeatureSet LEGACY_ONLY =
            FeatureSet.of(RingFeature.NOTIFY_ON_EMPTY, RingFeature.ANY_LAYOUT, RingFeature.UNUSED);

    /** Opens the near function, looks, and closes it. */
    static DeviceView through(String half, CellFunctions functions, DeviceType type) {
        try (PciFunction function = functions.near()) {
            LayoutChoice choice = LayoutChoice.of(function, Policy.parse(half));
            try (Transport transport = Transports.open(function, type, choice.require())) {
                return look(half, transport);
            }
        }
    }

    private static DeviceView look(String half, Transport transport) {
        transport.reset();
        transport.addStatus(DeviceStatus.ACKNOWLEDGE);
        transport.addStatus(DeviceStatus.DRIVER);
        FeatureSet offered = transport.offeredFeatures();
        transport.acceptFeatures(
                offered.and(FeatureSet.of(RingFeature.VERSION_1, RingFeature.ACCESS_PLATFORM)));
        return new DeviceView(
                half, transport.deviceType(), offered, config(transport), queueSizes(transport));
    }

    private static String config(Transport transport) {
        Registers fields = transport.config().fields();
        int length = (int) Math.min(fields.length(), MOST_CONFIG_BYTES);
        return transport
                .config()
                .consistent(
                        () -> {
                            StringBuilder hex = new StringBuilder();
                            for (int i = 0; i < length; i++) {
                                hex.append(String.format("%02x", fields.read8(i) & 0xff));
                            }
                            return hex.toString();
                        });
    }

    private static List<Integer> queueSizes(Transport transport) {
        List<Integer> sizes = new ArrayList<>();
        for (int queue = 0; queue < MOST_QUEUES; queue++) {
            int size = transport.settleCapacity(queue, MOST_ENTRIES);
            if (size == 0) {
                break;
            }
            sizes.add(size);
        }
        return sizes;
    }

    /** The features that every layout can say, without those that only legacy may. */
    String comparable() {
        FeatureSet both = new FeatureSet(offered.low() & 0xffff_ffffL, 0).minus(LEGACY_ONLY);
        return switch (type) {
            case BLOCK ->
                    both.minus(FeatureSet.of(BlockFeature.BARRIER, BlockFeature.SCSI)).toString();
            case NETWORK -> both.minus(FeatureSet.of(NetFeature.GSO)).toString();
            default -> both.toString();
        };
    }

    @Override
    public String toString() {
        return String.format(
                "%s: features %s, configuration %s, queues of %s entries",
                half, offered, config, queueSizes);
    }
}
