package org.jvirtio.lab.trace;

import static org.jvirtio.lab.trace.Walk.writes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.FeatureSet;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.LayoutKind;

/** Rules about features (virtio 1.4 sections 2.2, 3.1 and 6). */
final class FeatureRules {

    private static final String NONE_ACCEPTED = "no features are accepted";
    private static final String NEVER_STARTED = "the device is never started in a new layout";

    private FeatureRules() {}

    static List<TraceRule> all() {
        List<TraceRule> rules = new ArrayList<>();
        rules.addAll(negotiation());
        rules.addAll(order());
        return rules;
    }

    private static List<TraceRule> negotiation() {
        return List.of(
                TraceRule.of(
                        "FEA-01",
                        "2.2.1, MUST NOT",
                        "accepted features are a subset of the offered ones",
                        Walk.at(writes(Registered.ACCEPTED))
                                .holds(
                                        (access, state) ->
                                                written(access).minus(state.offered()).isEmpty(),
                                        (access, state) ->
                                                "not offered, as far as was read: "
                                                        + written(access)
                                                                .minus(state.offered())
                                                                .names(RingFeature.values()),
                                        NONE_ACCEPTED)),
                TraceRule.of(
                        "FEA-02",
                        "2.2.1, MUST NOT",
                        "no accepted feature lacks one that it depends on",
                        trace ->
                                Walk.at(Moment::endsNegotiation)
                                        .holds(
                                                (access, state) -> missing(trace, state).isEmpty(),
                                                (access, state) ->
                                                        "accepted "
                                                                + missing(trace, state).orElse(""),
                                                NONE_ACCEPTED)
                                        .of(trace)),
                TraceRule.of(
                        "FEA-03",
                        "2.2.1, MUST",
                        "no feature is accepted that has no meaning for the device and its bus",
                        trace ->
                                Walk.at(writes(Registered.ACCEPTED))
                                        .holds(
                                                (access, state) ->
                                                        unnamed(trace, written(access)).isEmpty(),
                                                (access, state) ->
                                                        "accepted "
                                                                + unnamed(trace, written(access)),
                                                NONE_ACCEPTED)
                                        .of(trace)),
                TraceRule.of(
                        "FEA-04",
                        "2.2.1, MUST NOT",
                        "a feature of no known meaning that is offered does not make the driver fail",
                        trace ->
                                Walk.at(writes(Registered.STATUS))
                                        .and(
                                                (access, state) ->
                                                        !unnamed(trace, state.offered()).isEmpty()
                                                                && !state.featuresRefused())
                                        .holds(
                                                (access, state) ->
                                                        !DeviceStatus.FAILED.in(access.value()),
                                                (access, state) ->
                                                        "FAILED, and all that is odd is the offer of "
                                                                + unnamed(trace, state.offered()),
                                                "every feature offered has a meaning")
                                        .of(trace)),
                TraceRule.of(
                        "FEA-26",
                        "6.3, SHOULD NOT",
                        "feature 30, the mark of a broken driver, is never accepted",
                        Walk.at(writes(Registered.ACCEPTED))
                                .holds(
                                        (access, state) -> !written(access).has(RingFeature.UNUSED),
                                        "it accepts bit 30",
                                        NONE_ACCEPTED)));
    }

    private static List<TraceRule> order() {
        return List.of(
                TraceRule.of(
                        "INI-01",
                        "3.1.1, MUST",
                        "after FEATURES_OK the status is read again before queues are set up",
                        Walk.at((access, state) -> Moment.setsUpQueue(access))
                                .and((access, state) -> state.has(DeviceStatus.FEATURES_OK))
                                .holds(
                                        (access, state) -> !state.statusUnread(),
                                        "FEATURES_OK was written and not read back",
                                        "no queue is set up in a new layout")),
                TraceRule.of(
                        "INI-03",
                        "3.1.1, MUST NOT",
                        "driver_feature is not written after FEATURES_OK",
                        Walk.at(writes(Registered.ACCEPTED))
                                .and((access, state) -> Moment.isNew(access))
                                .holds(
                                        (access, state) -> !state.has(DeviceStatus.FEATURES_OK),
                                        "FEATURES_OK was set before",
                                        "no features are accepted in a new layout")),
                TraceRule.of(
                        "INI-04",
                        "3.1.1, MUST",
                        "no queue is set up after the device refused FEATURES_OK",
                        Walk.at(
                                        (access, state) ->
                                                state.featuresRefused()
                                                        && Moment.isNew(access)
                                                        && access.isWrite())
                                .holds(
                                        (access, state) ->
                                                !Moment.setsUpQueue(access)
                                                        && !Moment.startsDevice(access),
                                        "FEATURES_OK read back clear",
                                        "the device does not refuse FEATURES_OK")),
                TraceRule.of(
                        "INI-07",
                        "3.1.2, MUST",
                        "the legacy driver leaves FEATURES_OK out",
                        Walk.at(writes(Registered.STATUS))
                                .and((access, state) -> !Moment.isNew(access))
                                .holds(
                                        (access, state) ->
                                                !DeviceStatus.FEATURES_OK.in(access.value()),
                                        "bit 8 is no bit of the legacy status",
                                        "the legacy layout is not driven")),
                TraceRule.of(
                        "FEA-10",
                        "2.2.3, MUST",
                        "a device that does not offer VERSION_1 is not started in a new layout",
                        Walk.at(
                                        (access, state) ->
                                                Moment.isNew(access) && Moment.startsDevice(access))
                                .holds(
                                        (access, state) ->
                                                state.offered().has(RingFeature.VERSION_1),
                                        (access, state) ->
                                                "VERSION_1 is not among what was read: "
                                                        + state.offered(),
                                        NEVER_STARTED)),
                new TraceRule(
                        "SED-10",
                        "jvirtio reference A.3 #7, MUST",
                        "register sets without VERSION_1 are left for the legacy layout if there is"
                                + " one",
                        FeatureRules::fallsBack));
    }

    private static RuleVerdict fallsBack(NamedTrace trace) {
        if (!trace.map().shows(LayoutKind.LEGACY)) {
            return new RuleVerdict.DoesNotApply("there is no legacy layout to fall back to");
        }
        return Walk.at(
                        (access, state) ->
                                Moment.startsDevice(access)
                                        && state.hasReadRegisterSetsWithoutVersion1())
                .holds(
                        (access, state) -> !Moment.isNew(access),
                        "the register sets lack VERSION_1, and the device is started in them",
                        "no register sets without VERSION_1, or nothing is started afterwards")
                .of(trace);
    }

    private static FeatureSet written(NamedAccess access) {
        int window = DriverState.window(access, access.state().driverWindow());
        return FeatureSet.ofWindow(window, access.value());
    }

    private static Optional<String> missing(NamedTrace trace, DriverState state) {
        return FeatureGround.missing(trace.map().type(), state.accepted());
    }

    /** The bits that have no name, among them those that are reserved. */
    private static List<String> unnamed(NamedTrace trace, FeatureSet features) {
        return features.names(Values.features(trace.map().type())).stream()
                .filter(name -> name.startsWith("bit "))
                .toList();
    }
}
