package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceType;

/** The plan of a run: host and guest have to mean the same. */
class RunPlanTest {

    private final RunPlan plan = new RunPlan();

    @Test
    void theTokenIsAllThatTheGuestNeedsToKnow() {
        assertEquals(plan.orders(), new RunPlan(plan.token()).orders());
    }

    @Test
    void noTwoRunsWriteTheSame() {
        assertNotEquals(new RunPlan().token(), new RunPlan().token());
    }

    @Test
    void aRowAnswersItsOwnOrderAndNoOther() {
        List<DriveOrder> orders = plan.orders();
        for (DriveOrder order : orders) {
            DeviceReport row = DeviceReport.missing(order);
            assertEquals(List.of(order), orders.stream().filter(row::answers).toList());
        }
    }

    @Test
    void serialNumbersFitIntoTheTwentyBytesOfGetId() {
        for (RunStation station : plan.stations()) {
            assertTrue(station.identity().length() <= 20, station.identity());
        }
    }

    /** Slot 0 is the host bridge and 31 the chips of the machine. */
    @Test
    void everyFunctionHasASlotOfItsOwn() {
        List<Integer> slots =
                plan.stations().stream().flatMapToInt(RunPlanTest::slots).boxed().toList();

        assertEquals(slots.size(), slots.stream().distinct().count());
        assertTrue(slots.stream().allMatch(slot -> slot > 0 && slot < 31), slots.toString());
    }

    private static IntStream slots(RunStation station) {
        return IntStream.range(station.slot(), station.slot() + station.functions());
    }

    @Test
    void everyKindOfDeviceHasAPackedRingOnce() {
        for (DeviceType type : RunPlan.TYPES) {
            long packed =
                    plan.orders().stream()
                            .filter(order -> order.type() == type)
                            .filter(order -> order.expected().ring() == RingFormat.PACKED)
                            .count();
            assertEquals(1, packed, type.label());
        }
    }

    @Test
    void aNetworkHasTwoEndsOnOneHub() {
        RunStation network =
                plan.stations().stream()
                        .filter(station -> station.type() == DeviceType.NETWORK)
                        .findFirst()
                        .orElseThrow();
        String arguments = String.join(" ", network.qemuArguments(""));

        assertEquals("00:0c.0", network.address());
        assertEquals("00:0d.0", network.farAddress());
        assertTrue(
                arguments.contains("hubport,hubid=12,id=d12n")
                        && arguments.contains("hubport,hubid=12,id=d13n")
                        && arguments.contains("netdev=d13n,mac=52:54:00:6a:76:0d"),
                arguments);
    }
}
