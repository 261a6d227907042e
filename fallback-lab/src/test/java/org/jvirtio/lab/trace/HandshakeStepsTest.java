package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.page.TimeStep;

/** Virtio 1.4 section 3.1.1: the steps of a start, found in the registers alone. */
class HandshakeStepsTest {

    private static List<String> labels(String device) {
        return HandshakeSteps.of(Recorded.run(device)).stream().map(TimeStep::label).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "mail-transitional", "mail-slow-isr"})
    void everyStepOfTheSectionIsThereInItsOrder(String layout) {
        assertEquals(
                List.of(
                        "0 choice",
                        "1 reset",
                        "2 ACKNOWLEDGE",
                        "3 DRIVER",
                        "4 features",
                        "5, 6 FEATURES_OK",
                        "7 interrupts",
                        "7 queues",
                        "8 DRIVER_OK"),
                labels("block,layout=" + layout));
    }

    /** Section 3.1.2: legacy devices have no FEATURES_OK. */
    @Test
    void aLegacyDeviceIsNotAskedWhetherItAgrees() {
        List<String> labels = labels("block,layout=legacy");
        assertTrue(labels.contains("4 features"), labels.toString());
        assertTrue(labels.stream().noneMatch(label -> label.contains("FEATURES_OK")), "" + labels);
    }

    @Test
    void nothingOfTheWorkAfterTheStartIsToldAndNothingOfTheStartIsLeftOut() {
        List<TimeStep> steps = HandshakeSteps.of(Recorded.run("entropy"));
        long last = Long.MIN_VALUE;
        for (TimeStep step : steps) {
            for (TimeStep.Moment moment : step.moments()) {
                assertTrue(moment.nanos() >= last, "in order: " + moment);
                last = moment.nanos();
            }
        }
        String end = steps.get(steps.size() - 1).moments().toString();
        assertTrue(end.contains("DRIVER_OK"), end);
        assertTrue(!end.contains("phase"), end);
    }
}
