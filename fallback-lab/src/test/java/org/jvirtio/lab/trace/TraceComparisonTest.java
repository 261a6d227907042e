package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvirtio.trace.Trace;

/** Two traces are alike if the bus saw the same, whenever that was. */
class TraceComparisonTest {

    private final Trace trace = Recorded.run("block");

    @Test
    void twoRunsOfTheSameDeviceDoNotDiffer() {
        TraceComparison same = TraceComparison.of(trace, Recorded.run("block"), Set.of(), true);
        assertTrue(same.first().isEmpty(), same.toString());
        assertTrue(same.summary().isEmpty(), same.toString());
    }

    @Test
    void theFirstDifferenceAndAllOthersAreNamed() {
        Trace other = new Tampering(trace).with("change w16 COMMON_CFG QUEUE_SIZE to 0x0080");
        other = new Tampering(other).with("drop w16 NOTIFY_CFG QUEUE_NOTIFY");

        TraceComparison differs = TraceComparison.of(trace, other, Set.of(), true);

        TraceComparison.Difference first = differs.first().orElseThrow();
        assertTrue(first.left().contains("QUEUE_SIZE"), first.toString());
        assertTrue(first.right().contains("0x0080"), first.toString());
        assertEquals(2, differs.summary().size(), differs.summary().toString());
    }

    @Test
    void valuesThatMayDifferDoNotCount() {
        Trace other = new Tampering(trace).with("change w32 COMMON_CFG QUEUE_DESC low to 0x9000");
        assertTrue(TraceComparison.of(trace, other, Set.of("QUEUE_DESC"), true).first().isEmpty());
        assertTrue(TraceComparison.of(trace, other, Set.of(), true).first().isPresent());
    }

    @Test
    void oneMorePollDoesNotCountWhereThatWasAskedFor() {
        Trace other =
                new Tampering(trace)
                        .with("before r8 COMMON_CFG DEVICE_STATUS 0x00: r8 BAR4+0x14 0x00");
        assertTrue(TraceComparison.of(trace, other, Set.of(), false).first().isEmpty());
        assertTrue(TraceComparison.of(trace, other, Set.of(), true).first().isPresent());
    }

    @Test
    void theEndOfOneTraceIsADifference() {
        Trace shorter = trace.with(trace.events().subList(0, 100));
        TraceComparison differs = TraceComparison.of(trace, shorter, Set.of(), true);
        assertEquals("", differs.first().orElseThrow().right());
    }
}
