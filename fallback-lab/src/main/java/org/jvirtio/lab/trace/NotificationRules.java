package org.jvirtio.lab.trace;

import static org.jvirtio.lab.trace.Walk.isWriteTo;
import static org.jvirtio.lab.trace.Walk.reads;
import static org.jvirtio.lab.trace.Walk.writes;

import java.util.List;
import org.jvirtio.DeviceStatus;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.MsixCapability;

/** Rules about doorbells, vectors and the ISR (virtio 1.4 sections 3.1.1, 4.1.4.5 and 4.1.5). */
final class NotificationRules {

    private static final int NO_VECTOR = 0xffff;
    private static final int INDEX_MASK = 0xffff;
    private static final String NO_DOORBELL = "no doorbell is rung";

    private NotificationRules() {}

    static List<TraceRule> all() {
        return List.of(
                TraceRule.of(
                        "INI-06",
                        "3.1.1, MUST NOT",
                        "no doorbell is rung before DRIVER_OK",
                        Walk.at(writes(Registered.DOORBELL))
                                .holds(
                                        (access, state) -> state.has(DeviceStatus.DRIVER_OK),
                                        (access, state) ->
                                                "the status is "
                                                        + DeviceStatus.describe(state.status()),
                                        NO_DOORBELL)),
                TraceRule.of(
                        "NOT-05",
                        "4.1.4.5.2, SHOULD NOT",
                        "the ISR is not read while MSI-X is enabled",
                        Walk.at((access, state) -> access.layout().isPresent())
                                .and((access, state) -> access.state().msix())
                                .holds(
                                        (access, state) ->
                                                !reads(Registered.ISR).test(access, state),
                                        "vectors tell what the ISR would",
                                        "MSI-X is not enabled")),
                TraceRule.of(
                        "NOT-13",
                        "4.1.5.1.2.2, MUST NOT",
                        "no vector is written that the MSI-X table does not have",
                        trace ->
                                Walk.at(NotificationRules::mapsVector)
                                        .holds(
                                                (access, state) ->
                                                        access.value() == NO_VECTOR
                                                                || access.value() < entries(trace),
                                                "the table has " + entries(trace) + " entries",
                                                "no vector is written")
                                        .of(trace)),
                TraceRule.of(
                        "NOT-14",
                        "4.1.5.1.2.2, MUST",
                        "each vector is read back before the device is started",
                        Walk.at(writes(Registered.STATUS))
                                .and(
                                        (access, state) ->
                                                access.state().msix()
                                                        && DeviceStatus.DRIVER_OK.in(
                                                                access.value()))
                                .holds(
                                        (access, state) -> !state.vectorUnread(),
                                        "a vector was written and not read back",
                                        "the device is not started with MSI-X")),
                TraceRule.of(
                        "NOT-15",
                        "4.1.5.2.1, MUST",
                        "a doorbell is rung with 16 bits, with NOTIFICATION_DATA with 32",
                        Walk.at(writes(Registered.DOORBELL))
                                .holds(
                                        (access, state) ->
                                                access.access().width() == (hasData(state) ? 4 : 2),
                                        (access, state) ->
                                                "NOTIFICATION_DATA was "
                                                        + (hasData(state) ? "" : "not ")
                                                        + "accepted",
                                        NO_DOORBELL)),
                TraceRule.of(
                        "NOT-16",
                        "4.1.5.2.1, MUST",
                        "a doorbell is rung with the index of a queue that is enabled, or with what"
                                + " the device gave for it",
                        Walk.at(writes(Registered.DOORBELL))
                                .and((access, state) -> !state.isLegacy())
                                .holds(
                                        NotificationRules::namesQueue,
                                        "the lower 16 bits name no queue that is enabled",
                                        "no doorbell is rung in a new layout")));
    }

    private static boolean mapsVector(NamedAccess access, DriverState state) {
        return isWriteTo(access, Registered.CONFIG_VECTOR)
                || isWriteTo(access, Registered.QUEUE_VECTOR);
    }

    private static int entries(NamedTrace trace) {
        return trace.map().msix().map(MsixCapability::entries).orElse(0);
    }

    private static boolean hasData(DriverState state) {
        return state.accepted(RingFeature.NOTIFICATION_DATA);
    }

    private static boolean namesQueue(NamedAccess access, DriverState state) {
        int name = access.value() & INDEX_MASK;
        return state.accepted(RingFeature.NOTIF_CONFIG_DATA)
                ? state.isNotifyData(name)
                : state.queue(name).enabled();
    }
}
