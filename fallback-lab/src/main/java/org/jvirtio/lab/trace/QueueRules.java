package org.jvirtio.lab.trace;

import static org.jvirtio.lab.trace.Walk.isWriteTo;
import static org.jvirtio.lab.trace.Walk.writes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jvirtio.Register;
import org.jvirtio.RingFeature;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/** Rules about setting up queues (virtio 1.4 sections 2.6 to 2.8, 4.1.4.3 and 4.1.5.1). */
final class QueueRules {

    private static final String NO_QUEUE = "no queue is enabled in a new layout";
    private static final String PHYSICAL = "physical";
    private static final int PAGE_SHIFT = 12;

    /** What only the device may change. */
    private static final Set<Register> READ_ONLY =
            Set.of(
                    CommonRegister.DEVICE_FEATURE,
                    CommonRegister.NUM_QUEUES,
                    CommonRegister.CONFIG_GENERATION,
                    CommonRegister.QUEUE_NOTIFY_OFF,
                    CommonRegister.QUEUE_NOTIF_CONFIG_DATA);

    private QueueRules() {}

    static List<TraceRule> all() {
        List<TraceRule> rules = new ArrayList<>(registers());
        rules.addAll(reset());
        rules.addAll(places());
        return rules;
    }

    private static List<TraceRule> registers() {
        return List.of(
                TraceRule.of(
                        "COM-11",
                        "4.1.4.3.2, MUST NOT",
                        "no register is written that is the device's alone",
                        Walk.at((access, state) -> access.isWrite() && isCommon(access))
                                .holds(
                                        (access, state) -> !isWriteTo(access, READ_ONLY),
                                        "the driver may only read it",
                                        "the common structure is not written")),
                TraceRule.of(
                        "COM-12",
                        "4.1.4.3.2, MUST NOT",
                        "queue_size is never written as 0, for a split queue as a power of two",
                        Walk.at(writes(Set.of(CommonRegister.QUEUE_SIZE)))
                                .holds(
                                        (access, state) ->
                                                isPacked(state)
                                                        ? access.value() != 0
                                                        : Integer.bitCount(access.value()) == 1,
                                        "the ring format that was accepted has no such size",
                                        "no queue_size is written")),
                TraceRule.of(
                        "COM-13",
                        "4.1.4.3.2, MUST",
                        "addresses, size and vector of a queue are written before it is enabled",
                        Walk.at(QueueRules::configures)
                                .holds(
                                        (access, state) ->
                                                isEnable(access)
                                                        ? knowsPlaces(state.queue(access))
                                                        : !state.queue(access).enabled(),
                                        (access, state) ->
                                                isEnable(access)
                                                        ? "an address of the queue was not written"
                                                        : "the queue is enabled already",
                                        NO_QUEUE)),
                TraceRule.of(
                        "COM-15",
                        "4.1.4.3.2, MUST NOT",
                        "queue_enable is never written as 0",
                        Walk.at(writes(Set.of(CommonRegister.QUEUE_ENABLE)))
                                .holds(
                                        (access, state) -> access.value() != 0,
                                        "only a reset disables a queue",
                                        NO_QUEUE)));
    }

    private static List<TraceRule> reset() {
        return List.of(
                TraceRule.of(
                        "COM-16",
                        "4.1.4.3.2, MUST NOT",
                        "the reset of a queue counts as done once queue_reset reads 0",
                        afterQueueReset()),
                TraceRule.of(
                        "VQR-03",
                        "2.6.1.1.2, MUST",
                        "the end of a queue reset is seen before the queue is used again",
                        afterQueueReset()),
                TraceRule.of(
                        "VQR-05",
                        "2.6.1.2.2, MUST",
                        "a queue that was reset is programmed again like a new one",
                        Walk.at(
                                        (access, state) ->
                                                isEnable(access)
                                                        && state.queue(access).resetBefore())
                                .holds(
                                        (access, state) -> knowsPlaces(state.queue(access)),
                                        "its addresses were not written again",
                                        "no queue is enabled after a reset of its own")));
    }

    private static Walk afterQueueReset() {
        return Walk.at(QueueRules::configures)
                .and((access, state) -> state.queue(access).resetBefore())
                .holds(
                        (access, state) -> !state.queue(access).resetUnconfirmed(),
                        "queue_reset has not read 0 since it was written",
                        "no queue is reset and set up again");
    }

    private static List<TraceRule> places() {
        return List.of(
                TraceRule.of(
                        "SPL-01",
                        "2.7.1, MUST",
                        "the areas of a split queue lie at multiples of 16, 2 and 4",
                        aligned(false, 16, 2, 4)),
                TraceRule.of(
                        "PAC-01",
                        "2.8.11, MUST",
                        "the areas of a packed queue lie at multiples of 16, 4 and 4",
                        aligned(true, 16, 4, 4)),
                TraceRule.of(
                        "LEG-12",
                        "4.1.5.1.3.1, MUST",
                        "the page number of a legacy queue is its physical address divided by 4096",
                        Walk.at(writes(Set.of(LegacyRegister.QUEUE_PFN)))
                                .and(
                                        (access, state) ->
                                                access.value() != 0 && !state.memory().isEmpty())
                                .holds(
                                        (access, state) ->
                                                isPhysical(
                                                        state,
                                                        Integer.toUnsignedLong(access.value())
                                                                << PAGE_SHIFT),
                                        "no memory was allocated for the device at that page",
                                        "no page number is written, or no allocation is marked")),
                TraceRule.of(
                        "LEG-09",
                        "2.7.2, MUST",
                        "the memory of a legacy queue holds its rings for the size that was read",
                        Walk.at(writes(Set.of(LegacyRegister.QUEUE_PFN)))
                                .and(
                                        (access, state) ->
                                                access.value() != 0 && !state.memory().isEmpty())
                                .holds(
                                        QueueRules::holdsRings,
                                        (access, state) ->
                                                "there is no memory from there on for two rings of "
                                                        + state.legacySize(access)
                                                        + " entries",
                                        "no page number is written, or no allocation is marked")),
                TraceRule.of(
                        "FEA-14",
                        "6.1, MUST",
                        "without ACCESS_PLATFORM every address that the device gets is physical",
                        Walk.at(QueueRules::isEnable)
                                .and(
                                        (access, state) ->
                                                !state.accepted(RingFeature.ACCESS_PLATFORM)
                                                        && !state.memory().isEmpty())
                                .holds(
                                        (access, state) ->
                                                isPhysical(
                                                        state,
                                                        state.queue(access)
                                                                .address(
                                                                        CommonRegister.QUEUE_DESC)),
                                        "its descriptors are not in memory allocated as physical",
                                        "ACCESS_PLATFORM is accepted, or no allocation is marked")));
    }

    private static Walk aligned(boolean packed, int descriptors, int driver, int device) {
        return Walk.at(QueueRules::isEnable)
                .and((access, state) -> isPacked(state) == packed)
                .holds(
                        (access, state) ->
                                fits(state, access, CommonRegister.QUEUE_DESC, descriptors)
                                        && fits(state, access, CommonRegister.QUEUE_DRIVER, driver)
                                        && fits(state, access, CommonRegister.QUEUE_DEVICE, device),
                        "an address that was written for it is no such multiple",
                        "no queue of this format is enabled in a new layout");
    }

    private static boolean fits(
            DriverState state, NamedAccess access, CommonRegister place, int alignment) {
        return state.queue(access).address(place) % alignment == 0;
    }

    private static boolean isPhysical(DriverState state, long address) {
        return state.memory().stream()
                .anyMatch(memory -> memory.kind().equals(PHYSICAL) && memory.holds(address));
    }

    /** Descriptors and available ring, then from the next page on the used ring. */
    private static boolean holdsRings(NamedAccess access, DriverState state) {
        long size = state.legacySize(access);
        long available = 16 * size + 2 * size + 6;
        long page = 1L << PAGE_SHIFT;
        long length = (available + page - 1) / page * page + 8 * size + 6;
        long address = Integer.toUnsignedLong(access.value()) << PAGE_SHIFT;
        return state.memory().stream()
                .anyMatch(
                        memory ->
                                memory.kind().equals(PHYSICAL)
                                        && memory.holds(address)
                                        && memory.holds(address + length - 1));
    }

    private static boolean isPacked(DriverState state) {
        return state.accepted(RingFeature.RING_PACKED);
    }

    private static boolean isCommon(NamedAccess access) {
        return access.register().isPresent() && access.register().get() instanceof CommonRegister;
    }

    private static boolean isEnable(NamedAccess access) {
        return isWriteTo(access, CommonRegister.QUEUE_ENABLE) && access.value() != 0;
    }

    private static boolean isEnable(NamedAccess access, DriverState state) {
        return isEnable(access);
    }

    /** Writes to what makes a queue; its reset is none of them. */
    private static boolean configures(NamedAccess access, DriverState state) {
        return isWriteTo(access, Registered.OF_QUEUE)
                && !access.is(CommonRegister.QUEUE_RESET)
                && (isEnable(access) || !access.is(CommonRegister.QUEUE_ENABLE));
    }

    private static boolean knowsPlaces(QueueState queue) {
        return queue.knows(CommonRegister.QUEUE_DESC)
                && queue.knows(CommonRegister.QUEUE_DRIVER)
                && queue.knows(CommonRegister.QUEUE_DEVICE);
    }
}
