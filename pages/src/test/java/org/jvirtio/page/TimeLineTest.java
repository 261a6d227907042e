package org.jvirtio.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps in time, to scale, and every moment in words. */
class TimeLineTest {

    private static final TimeStep RESET =
            new TimeStep(
                    "1 reset",
                    "0 is written",
                    List.of(
                            new TimeStep.Moment(1_000, TimeStep.Kind.WRITE, "w8 BAR4+0x14 0x00"),
                            new TimeStep.Moment(3_000, TimeStep.Kind.READ, "r8 BAR4+0x14 0x00")));

    private static String drawn(TimeStep... steps) {
        return Page.fragment(new TimeLine("a start", List.of(steps))::write);
    }

    @Test
    void aStepTellsWhatItWasAndHowLongItTook() {
        assertTrue(
                drawn(RESET)
                        .contains(
                                "1 reset: 0 is written; reads 1, writes 1, from 0.000 to 0.002"
                                        + " ms"),
                drawn(RESET));
    }

    @Test
    void everyMomentIsThereInWords() {
        assertTrue(drawn(RESET).contains("0.002 ms  r8 BAR4+0x14 0x00"), drawn(RESET));
    }

    @Test
    void aStepWithoutMomentsIsLeftOut() {
        assertFalse(drawn(RESET, new TimeStep("2", "", List.of())).contains(">2<"));
    }

    @Test
    void readsStandAboveTheLineAndWritesBelow() {
        String svg = drawn(RESET);
        assertEquals(1, svg.split("class=\"read\"", -1).length - 1);
        assertEquals(1, svg.split("class=\"write\"", -1).length - 1);
    }
}
