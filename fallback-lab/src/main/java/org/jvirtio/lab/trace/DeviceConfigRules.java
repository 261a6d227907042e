package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.Register;
import org.jvirtio.device.BlockConfig;
import org.jvirtio.device.NetConfig;
import org.jvirtio.device.NetFeature;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.transport.LegacyRegister;

/** Rules about the device configuration (virtio 1.4 sections 2.5, 3.1.1, 5.1.4 and 5.2.5). */
final class DeviceConfigRules {

    private static final String NOT_WRITTEN = "the device configuration is not written";

    private DeviceConfigRules() {}

    static List<TraceRule> all() {
        List<TraceRule> rules = new ArrayList<>(access());
        rules.addAll(fields());
        rules.add(
                TraceRule.of(
                        "CFG-01",
                        "2.5.1, MUST NOT",
                        "fields of 64 bits, and several fields together, are read between two equal"
                                + " generations",
                        ConsistentReads::underOneGeneration));
        rules.add(
                TraceRule.of(
                        "CFG-05",
                        "2.5.4, SHOULD",
                        "in the legacy layout such fields are read until two readings agree",
                        ConsistentReads::untilTwoAgree));
        return rules;
    }

    private static List<TraceRule> access() {
        return List.of(
                TraceRule.of(
                        "INI-02",
                        "3.1.1, MUST NOT",
                        "the device configuration is not written before FEATURES_OK",
                        Walk.at((access, state) -> Moment.isNew(access) && isWritten(access))
                                .holds(
                                        (access, state) -> state.has(DeviceStatus.FEATURES_OK),
                                        "FEATURES_OK is not set yet",
                                        NOT_WRITTEN)),
                TraceRule.of(
                        "NET-08",
                        "5.1.4.2, MUST NOT",
                        "the configuration of a network device is not written",
                        trace ->
                                Walk.at((access, state) -> Moment.isNew(access) && isConfig(access))
                                        .and((access, state) -> trace.isOf(DeviceType.NETWORK))
                                        .holds(
                                                (access, state) -> access.isRead(),
                                                "a driver only reads it",
                                                "no network device's configuration is accessed in a"
                                                        + " new layout")
                                        .of(trace)),
                TraceRule.of(
                        "LEG-05",
                        "4.1.4.10, MUST",
                        "the legacy device configuration begins at byte 24 with MSI-X, else at 20",
                        Walk.at(DeviceConfigRules::dependsOnMsix)
                                .holds(
                                        (access, state) -> isWholeField(access),
                                        (access, state) ->
                                                "with MSI-X "
                                                        + (access.state().msix() ? "on" : "off")
                                                        + " no field of this width is there",
                                        "nothing after the first 20 bytes is accessed in the legacy"
                                                + " layout")));
    }

    private static List<TraceRule> fields() {
        return List.of(
                TraceRule.of(
                        "CFG-02",
                        "2.5.1, MUST",
                        "a field is read only if a feature that it belongs to is offered",
                        trace ->
                                Walk.at((access, state) -> isConfig(access) && access.isRead())
                                        .and((access, state) -> !owners(trace, access).isEmpty())
                                        .holds(
                                                (access, state) ->
                                                        owners(trace, access).stream()
                                                                .anyMatch(state.offered()::has),
                                                (access, state) ->
                                                        "none is offered of "
                                                                + owners(trace, access),
                                                "no field is read that belongs to a feature")
                                        .of(trace)),
                TraceRule.of(
                        "BLK-03",
                        "5.2.5.1, MUST NOT",
                        "writeback is not read before FEATURES_OK",
                        Walk.at(
                                        (access, state) ->
                                                Moment.isNew(access)
                                                        && access.is(BlockConfig.WRITEBACK))
                                .holds(
                                        (access, state) -> state.has(DeviceStatus.FEATURES_OK),
                                        "FEATURES_OK is not set yet",
                                        "writeback is not read")),
                TraceRule.of(
                        "NET-10",
                        "5.1.4.2, SHOULD",
                        "the status field of a network device is read if STATUS was accepted",
                        DeviceConfigRules::looksAtTheLink));
    }

    /** A driver that never looks has broken the rule where it ends. */
    private static RuleVerdict looksAtTheLink(NamedTrace trace) {
        boolean read =
                trace.accesses().stream()
                        .anyMatch(access -> access.isRead() && access.is(NetConfig.STATUS));
        return Walk.at(
                        (access, state) ->
                                trace.isOf(DeviceType.NETWORK)
                                        && state.accepted(NetFeature.STATUS)
                                        && Walk.isWriteTo(access, Registered.STATUS)
                                        && access.value() == 0)
                .holds(
                        (access, state) -> read,
                        "the device is closed, and its link was never looked at",
                        "STATUS is not accepted, or the device is not closed")
                .of(trace);
    }

    private static boolean isConfig(NamedAccess access) {
        return access.isIn(Kind.DEVICE_CONFIG);
    }

    private static boolean isWritten(NamedAccess access) {
        return isConfig(access) && access.isWrite();
    }

    private static boolean dependsOnMsix(NamedAccess access, DriverState state) {
        Optional<Structure> structure = access.structure();
        return structure.isPresent()
                && structure.get().isOf(LayoutKind.LEGACY)
                && !structure.get().registers().isEmpty()
                && (isConfig(access) || isVector(access));
    }

    private static boolean isVector(NamedAccess access) {
        long start = access.access().offset() - access.structure().orElseThrow().offset();
        return start >= LegacyRegister.configOffset(false);
    }

    private static boolean isWholeField(NamedAccess access) {
        return access.register().isPresent()
                && Math.min(4, access.register().get().width()) == access.access().width();
    }

    /** The features that bring the field that is read. */
    private static List<Feature> owners(NamedTrace trace, NamedAccess access) {
        List<Feature> owners = new ArrayList<>();
        Optional<Register> register = access.register();
        for (Feature[] features : Values.features(trace.map().type())) {
            for (Feature feature : features) {
                if (register.isPresent() && feature.fields().contains(register.get())) {
                    owners.add(feature);
                }
            }
        }
        return owners;
    }
}
