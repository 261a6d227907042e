package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders travel to the guest as words of the kernel command line. */
class DriveOrderTest {

    @Test
    void everyOrderOfAPlanSurvivesTheJourney() {
        RunPlan plan = new RunPlan();
        for (RunPlan.Station station : plan.stations()) {
            for (DriveOrder order : plan.orders(station)) {
                assertEquals(order, DriveOrder.decode(order.encode()));
            }
        }
    }

    @Test
    void aRowAnswersItsOwnOrderAndNoOther() {
        RunPlan plan = new RunPlan();
        List<DriveOrder> orders =
                plan.stations().stream().flatMap(s -> plan.orders(s).stream()).toList();
        for (DriveOrder order : orders) {
            DeviceReport row = DeviceReport.missing(order);
            assertEquals(List.of(order), orders.stream().filter(row::answers).toList());
        }
    }

    @Test
    void aTruncatedOrderIsRefusedWithItsText() {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> DriveOrder.decode("vfio:x;BLOCK"));
        assertTrue(thrown.getMessage().contains("vfio:x;BLOCK"), thrown.getMessage());
    }

    @Test
    void serialNumbersFitIntoTheTwentyBytesOfGetId() {
        for (RunPlan.Station station : new RunPlan().stations()) {
            assertTrue(station.serial().length() <= 20, station.serial());
        }
    }
}
