package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;
import static org.jvirtio.lab.check.When.type;
import static org.jvirtio.lab.check.When.undecided;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetConfig;
import org.jvirtio.device.NetFeature;

/** Network devices (virtio 1.4 section 5.1): features and configuration. */
final class NetChecks {

    private static final String NO_SEGMENTS = "nobody here sends segmented frames";
    private static final String NO_FLOWS = "this bench has no flows to spread over queues";

    private NetChecks() {}

    static Map<String, Check> all() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("NET-01", offered(NetFeature.MQ, NetChecks::hasPairs));
        checks.put("NET-02", offered(NetFeature.MTU, NetChecks::hasAnMtu));
        checks.put("NET-04", NetChecks::hasRoomForKeysAndTables);
        checks.put("NET-05", offered(NetFeature.SPEED_DUPLEX, NetChecks::hasASpeed));
        checks.put("NET-06", offered(NetFeature.SPEED_DUPLEX, NetChecks::keepsItsSpeed));
        checks.put("NET-07", NetChecks::offersCommandsWithTheirQueue);
        checks.putAll(FrameChecks.all());
        checks.putAll(FilterChecks.all());
        checks.put("NET-24", undecided(NetFeature.HOST_UDP_TUNNEL_GSO, "it builds no tunnels"));
        checks.put("NET-31", undecided(NetFeature.GUEST_TSO4, NO_SEGMENTS));
        checks.put("NET-32", undecided(NetFeature.GUEST_CSUM, NO_SEGMENTS));
        checks.put("NET-43", undecided(NetFeature.GUEST_ANNOUNCE, "only its host can ask for one"));
        checks.put("NET-46", undecided(NetFeature.MQ, NO_FLOWS));
        checks.put("NET-47", undecided(NetFeature.MQ, NO_FLOWS));
        checks.put("NET-49", undecided(NetFeature.RSS, NO_FLOWS));
        checks.put("NET-52", undecided(NetFeature.VQ_NOTF_COAL, "it coalesces nothing"));
        checks.put("NET-53", undecided(NetFeature.RSS_CONTEXT, NO_FLOWS));
        checks.put("NET-55", undecided(NetFeature.HASH_TUNNEL, NO_FLOWS));
        checks.put("NET-57", undecided(NetFeature.DEVICE_STATS, "it asks for no statistics"));
        checks.put("NET-58", undecided(NetFeature.DEVICE_STATS, "it asks for no statistics"));
        checks.replaceAll((id, check) -> type(DeviceType.NETWORK, check));
        return checks;
    }

    private static Finding hasPairs(Bench bench) {
        long pairs = bench.field(NetConfig.MAX_VIRTQUEUE_PAIRS);
        return Finding.that(pairs >= 1 && pairs <= 0x8000, "max_virtqueue_pairs %d", pairs);
    }

    private static Finding hasAnMtu(Bench bench) {
        long mtu = bench.field(NetConfig.MTU);
        bench.negotiate(NetFeature.MTU);
        long later = bench.field(NetConfig.MTU);
        Finding finding =
                Finding.that(
                        mtu >= 1280 && mtu == later, "mtu %d, after negotiating %d", mtu, later);
        return mtu >= 68 && mtu == later ? finding.at(Level.SHOULD) : finding;
    }

    private static Finding hasRoomForKeysAndTables(Bench bench) {
        boolean rss = bench.offers(NetFeature.RSS);
        if (!rss && !bench.offers(NetFeature.HASH_REPORT)) {
            return Finding.skip("neither RSS nor HASH_REPORT is offered");
        }
        long key = bench.field(NetConfig.RSS_MAX_KEY_SIZE);
        long table = rss ? bench.field(NetConfig.RSS_MAX_INDIRECTION_TABLE_LENGTH) : 0;
        return Finding.that(
                key >= 40 && (!rss || table >= 128),
                "rss_max_key_size %d, rss_max_indirection_table_length %d",
                key,
                table);
    }

    private static Finding hasASpeed(Bench bench) {
        long speed = bench.field(NetConfig.SPEED);
        long duplex = bench.field(NetConfig.DUPLEX);
        return Finding.that(
                (speed <= 0x7fffffffL || speed == 0xffffffffL) && (duplex <= 1 || duplex == 0xff),
                "speed 0x%08x, duplex 0x%02x",
                speed,
                duplex);
    }

    private static Finding keepsItsSpeed(Bench bench) {
        bench.run(NetFeature.SPEED_DUPLEX);
        long speed = bench.field(NetConfig.SPEED);
        Waiting.watch();
        long later = bench.field(NetConfig.SPEED);
        return Finding.that(speed == later, "speed 0x%08x, later 0x%08x", speed, later);
    }

    private static Finding offersCommandsWithTheirQueue(Bench bench) {
        boolean queue = bench.offers(NetFeature.CTRL_VQ);
        boolean report = bench.offers(NetFeature.HASH_REPORT);
        boolean extra = bench.offers(NetFeature.CTRL_RX_EXTRA);
        return Finding.that(
                queue || (!report && !extra),
                "offered: CTRL_VQ %b, HASH_REPORT %b, CTRL_RX_EXTRA %b",
                queue,
                report,
                extra);
    }
}
