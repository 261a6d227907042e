package org.jvirtio.lab.trace;

import static org.jvirtio.lab.trace.Walk.isWriteTo;
import static org.jvirtio.lab.trace.Walk.reads;
import static org.jvirtio.lab.trace.Walk.writes;

import java.util.List;
import org.jvirtio.DeviceStatus;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.LayoutKind;

/**
 * Rules about the device status, the reset, and the order of the start (virtio 1.4 sections 2.1,
 * 2.4, 3.1).
 */
final class StatusRules {

    private static final String NO_SUSPEND = "SUSPEND is never set, or nothing follows it";
    private static final String NO_STATUS = "the status is not written";

    private StatusRules() {}

    static List<TraceRule> all() {
        return List.of(
                TraceRule.of(
                        "STA-01",
                        "2.1.1, MUST",
                        "each step of the start sets its own bit, in the order 1, 2, 8, 4",
                        Walk.at(writes(Registered.STATUS))
                                .and((access, state) -> access.value() != 0)
                                .holds(
                                        StatusRules::isInOrder,
                                        (access, state) ->
                                                "after status "
                                                        + DeviceStatus.describe(state.status())
                                                        + " this is not the next step",
                                        NO_STATUS)),
                TraceRule.of(
                        "STA-02",
                        "2.1.1, MUST NOT",
                        "no bit of the status is cleared but by writing 0",
                        Walk.at(writes(Registered.STATUS))
                                .and((access, state) -> access.value() != 0)
                                .holds(
                                        (access, state) -> (state.status() & ~access.value()) == 0,
                                        (access, state) ->
                                                "it clears "
                                                        + DeviceStatus.describe(
                                                                state.status() & ~access.value()),
                                        NO_STATUS)),
                TraceRule.of(
                        "STA-03",
                        "2.1.1, MUST",
                        "after FAILED the next status written is 0",
                        Walk.at(writes(Registered.STATUS))
                                .and((access, state) -> state.has(DeviceStatus.FAILED))
                                .holds(
                                        (access, state) -> access.value() == 0,
                                        "FAILED was set; only a reset may follow",
                                        "FAILED is never set, or nothing follows it")),
                TraceRule.of(
                        "STA-04",
                        "2.1.1, SHOULD NOT",
                        "after DEVICE_NEEDS_RESET was read no doorbell is rung before a reset",
                        Walk.at((access, state) -> state.needsReset() && touchesDevice(access))
                                .holds(
                                        (access, state) -> !isWriteTo(access, Registered.DOORBELL),
                                        "the device asked for a reset and gets more work",
                                        "the device never asks for a reset")),
                TraceRule.of(
                        "STA-10",
                        "2.4.2, SHOULD",
                        "after a reset the status is read until it is 0, before anything else",
                        Walk.at(StatusRules::followsReset)
                                .holds(
                                        (access, state) -> !state.resetUnconfirmed(),
                                        "0 was written to the status and has not been read back",
                                        "the device is not used after a reset")),
                TraceRule.of(
                        "COM-14",
                        "4.1.4.3.2, MUST",
                        "after 0 was written the status reads 0 before the device is started again",
                        Walk.at(writes(Registered.STATUS))
                                .and(
                                        (access, state) ->
                                                access.value() != 0
                                                        && !state.isLegacy()
                                                        && state.status() == 0)
                                .holds(
                                        (access, state) -> !state.resetUnconfirmed(),
                                        "the reset has not been seen to be done",
                                        "no device of a new layout is started")),
                TraceRule.of(
                        "INI-05",
                        "3.1.1, MUST NOT",
                        "the start does not go on after FAILED",
                        Walk.at(
                                        (access, state) ->
                                                state.has(DeviceStatus.FAILED)
                                                        && access.layout().isPresent()
                                                        && access.isWrite())
                                .holds(
                                        (access, state) -> isWriteTo(access, Registered.STATUS),
                                        "FAILED was set; only a reset may follow",
                                        "FAILED is never set")),
                TraceRule.of(
                        "INI-12",
                        "3.4.1, SHOULD NOT",
                        "SUSPEND is set only in a running device that agreed to it",
                        Walk.at(writes(Registered.STATUS))
                                .and((access, state) -> DeviceStatus.SUSPEND.in(access.value()))
                                .holds(
                                        (access, state) ->
                                                state.has(DeviceStatus.DRIVER_OK)
                                                        && state.accepted(RingFeature.SUSPEND),
                                        "DRIVER_OK is not set, or the feature was not accepted",
                                        NO_SUSPEND)),
                TraceRule.of(
                        "INI-13",
                        "3.4.1, MUST",
                        "after SUSPEND was set the status is read next",
                        Walk.at(
                                        (access, state) ->
                                                state.has(DeviceStatus.SUSPEND)
                                                        && state.statusUnread()
                                                        && touchesDevice(access))
                                .holds(
                                        (access, state) ->
                                                reads(Registered.STATUS).test(access, state),
                                        "whether the device is suspended was not looked at",
                                        NO_SUSPEND)),
                TraceRule.of(
                        "INI-14",
                        "3.4.1, MUST NOT",
                        "while suspended nothing is written but the status",
                        Walk.at(
                                        (access, state) ->
                                                state.has(DeviceStatus.SUSPEND)
                                                        && touchesDevice(access)
                                                        && access.isWrite())
                                .holds(
                                        (access, state) -> isWriteTo(access, Registered.STATUS),
                                        "the device is suspended",
                                        NO_SUSPEND)));
    }

    private static boolean touchesDevice(NamedAccess access) {
        return access.layout().isPresent();
    }

    /** Writes that begin something; the legacy driver may select a queue to see it is gone. */
    private static boolean followsReset(NamedAccess access, DriverState state) {
        return touchesDevice(access)
                && access.isWrite()
                && state.layout().isPresent()
                && state.status() == 0
                && !isReset(access);
    }

    private static boolean isReset(NamedAccess access) {
        return isWriteTo(access, Registered.STATUS) && access.value() == 0;
    }

    private static boolean isInOrder(NamedAccess access, DriverState state) {
        int added = access.value() & ~state.status();
        if (DeviceStatus.FAILED.in(added) || added == 0 || DeviceStatus.SUSPEND.in(added)) {
            return true;
        }
        if (Integer.bitCount(added) != 1) {
            return false;
        }
        int before = 0;
        boolean legacy = access.layout().filter(LayoutKind.LEGACY::equals).isPresent();
        for (DeviceStatus step : order(legacy)) {
            if (step.in(added)) {
                return (state.status() & before) == before;
            }
            before |= step.mask();
        }
        return false;
    }

    private static List<DeviceStatus> order(boolean legacy) {
        return legacy
                ? List.of(DeviceStatus.ACKNOWLEDGE, DeviceStatus.DRIVER, DeviceStatus.DRIVER_OK)
                : List.of(
                        DeviceStatus.ACKNOWLEDGE,
                        DeviceStatus.DRIVER,
                        DeviceStatus.FEATURES_OK,
                        DeviceStatus.DRIVER_OK);
    }
}
