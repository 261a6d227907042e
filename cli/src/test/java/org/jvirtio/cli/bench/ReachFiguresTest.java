package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.bench.reach.ReachPlan;
import org.jvirtio.cli.bench.reach.ReachSample;
import org.jvirtio.cli.bench.report.Cell;

/** What becomes of the figures of {@code bench reach}. */
class ReachFiguresTest {

    @Test
    void aRoundIsReadAsItWasSaid() {
        assertEquals(
                List.of(new ReachSample(1.5, 20, 3e5)),
                ReachSample.parse("round\t1.5\t20.0\t300000.0").stream().toList());
        assertTrue(ReachSample.parse("the kernel says hello").isEmpty());
    }

    @Test
    void ratiosAreToTheReachThatCameFirst() {
        ReachFigures figures = new ReachFigures();
        figures.add(MeasuredReach.QTEST, new ReachSample(10, 20, 1000));
        figures.add(MeasuredReach.EMULATED, new ReachSample(5, 10, 4000));
        Cell deep = figures.cells().get(5);
        assertEquals("emulated", deep.parameters().get("reach"));
        assertEquals(4.0, deep.ratio("qtest").orElseThrow().median());
    }

    @Test
    void aGuestHasMoreTimeThanThePlan() {
        ReachPlan plan = new ReachPlan(5, 2, 6);
        assertTrue(plan.limit().toSeconds() > 2 * 5 * 2 + 6);
    }
}
