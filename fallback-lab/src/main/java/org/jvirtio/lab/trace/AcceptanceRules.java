package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.RingFeature;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.NetFeature;

/**
 * Rules about single features: which to accept when offered, and which not (virtio 1.4 chapters 5
 * and 6).
 */
final class AcceptanceRules {

    private static final List<Feature> NEED_CONTROL =
            List.of(NetFeature.HASH_REPORT, NetFeature.CTRL_RX_EXTRA);

    private AcceptanceRules() {}

    static List<TraceRule> all() {
        List<TraceRule> rules = new ArrayList<>();
        rules.add(accepts("FEA-12", "6.1, MUST", RingFeature.VERSION_1));
        rules.add(accepts("FEA-13", "6.1, SHOULD", RingFeature.ACCESS_PLATFORM));
        rules.add(accepts("FEA-15", "6.1, SHOULD", RingFeature.RING_PACKED));
        rules.add(accepts("FEA-16", "6.1, SHOULD", RingFeature.ORDER_PLATFORM));
        rules.add(accepts("FEA-19", "6.1, SHOULD", RingFeature.NOTIF_CONFIG_DATA));
        rules.add(accepts("FEA-25", "6.3, MUST", RingFeature.ANY_LAYOUT));
        rules.add(of(DeviceType.BLOCK, accepts("BLK-13", "5.2.6.1, SHOULD", BlockFeature.RO)));
        rules.add(of(DeviceType.NETWORK, accepts("NET-09", "5.1.4.2, SHOULD", NetFeature.MAC)));
        rules.add(of(DeviceType.NETWORK, accepts("NET-11", "5.1.4.2, SHOULD", NetFeature.MTU)));
        rules.addAll(withheld());
        return rules;
    }

    private static TraceRule accepts(String id, String clause, Feature feature) {
        return TraceRule.of(
                id,
                clause,
                feature.name() + " is accepted when it is offered",
                Walk.at(Moment::endsNegotiation)
                        .and((access, state) -> state.offered().has(feature))
                        .holds(
                                (access, state) -> state.accepted(feature),
                                "it was offered and not accepted",
                                feature.name() + " is not offered"));
    }

    /** The same bit means something else for another type of device. */
    private static TraceRule of(DeviceType type, TraceRule rule) {
        return new TraceRule(
                rule.id(),
                rule.clause(),
                rule.sentence(),
                trace ->
                        trace.isOf(type)
                                ? rule.check().of(trace)
                                : new RuleVerdict.DoesNotApply(
                                        "it is no " + type.label() + " device"));
    }

    private static List<TraceRule> withheld() {
        return List.of(
                TraceRule.of(
                        "FEA-17",
                        "6.1, MUST NOT",
                        "SR_IOV is not accepted of a function without an SR-IOV capability",
                        trace ->
                                Walk.at(Moment::endsNegotiation)
                                        .and((access, state) -> state.accepted(RingFeature.SR_IOV))
                                        .holds(
                                                (access, state) -> trace.map().hasSrIov(),
                                                "the configuration space has no such capability",
                                                "SR_IOV is not accepted")
                                        .of(trace)),
                of(
                        DeviceType.NETWORK,
                        TraceRule.of(
                                "NET-13",
                                "5.1.4.2, SHOULD NOT",
                                "HASH_REPORT and CTRL_RX_EXTRA are not accepted without CTRL_VQ",
                                Walk.at(Moment::endsNegotiation)
                                        .holds(
                                                (access, state) ->
                                                        state.accepted(NetFeature.CTRL_VQ)
                                                                || NEED_CONTROL.stream()
                                                                        .noneMatch(state::accepted),
                                                "CTRL_VQ was not accepted",
                                                "no features are accepted"))),
                TraceRule.of(
                        "BLK-05",
                        "5.2.5.1, MUST NOT",
                        "DISCARD is not accepted of a zoned device that the host manages",
                        trace ->
                                Walk.at(Moment::endsNegotiation)
                                        .and((access, state) -> trace.isHostManaged())
                                        .holds(
                                                (access, state) ->
                                                        !state.accepted(BlockFeature.DISCARD),
                                                "zoned.model was read as host-managed",
                                                "no host-managed zoned device is started")
                                        .of(trace)));
    }
}
