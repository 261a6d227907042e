package org.jvirtio.cli.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples round by round, their spread, ratios to a peer, and goals. */
class CellTest {

    private static final Figure SPEED = new Figure("speed", "M/s", Better.HIGHER);
    private static final Figure TIME = new Figure("time", "ns", Better.LOWER);

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(1, 2.5, 9), Spread.of(9, 2, 3, 1));
        assertEquals(new Spread(1, 3, 9), Spread.of(9, 3, 1));
    }

    @Test
    void aRatioIsTakenWithinARoundAndNotBetweenMedians() {
        Cell cell = cell(SPEED, List.of(10.0, 40.0, 30.0), List.of(5.0, 10.0, 30.0), 1);
        assertEquals(new Spread(1, 2, 4), cell.ratio("C").orElseThrow());
    }

    @Test
    void whereHigherIsBetterTheGoalIsTheLeast() {
        Cell cell = cell(SPEED, List.of(9.0), List.of(10.0), 0.9);
        assertEquals(Optional.of(true), cell.met(Goal.ratioTo("C", 0.9)));
        assertEquals(Optional.of(false), cell.met(Goal.ratioTo("C", 0.91)));
    }

    @Test
    void whereLowerIsBetterTheGoalIsTheMost() {
        Cell cell = cell(TIME, List.of(15.0), List.of(10.0), 1.5);
        assertEquals(Optional.of(true), cell.met(Goal.ratioTo("C", 1.5)));
        assertEquals(Optional.of(false), cell.met(Goal.ratioTo("C", 1.49)));
        assertEquals(Optional.of(true), cell.met(Goal.ownFigure(15)));
        assertEquals(Optional.of(false), cell.met(Goal.ownFigure(14)));
    }

    @Test
    void aGoalWhosePeerIsMissingIsNeitherMetNorMissed() {
        Cell cell = new Rounds("table", SPEED).add(Cell.OURS, 3).goal(Goal.ratioTo("C", 1)).cell();
        assertEquals(Optional.empty(), cell.met(cell.goals().get(0)));
        assertTrue(
                ReportTable.of(List.of(cell))
                        .rows()
                        .get(0)
                        .contains("ratio to C >= 1.00, not measured"));
    }

    @Test
    void aGoalThatWasNotMeasuredIsCountedAsThat() {
        Cell met = cell(SPEED, List.of(3.0), List.of(3.0), 1);
        Cell withoutOurs = new Rounds("b", SPEED).add("C", 3).goal(Goal.ratioTo("C", 1)).cell();
        assertEquals("1 of 1 goals met, 1 not measured", verdict(List.of(met, withoutOurs)));
        assertEquals("1 of 1 goals met", verdict(List.of(met)));
        assertEquals("no goals", verdict(List.of()));
    }

    private static String verdict(List<Cell> cells) {
        return new BenchReport("ring", SampleReports.TIME, Map.of(), cells, List.of()).verdict();
    }

    @Test
    void everybodyIsMeasuredInEachRound() {
        Rounds rounds = new Rounds("table", SPEED).add(Cell.OURS, 1).add(Cell.OURS, 2).add("C", 1);
        assertThrows(IllegalArgumentException.class, rounds::cell);
    }

    @Test
    void numbersHaveThreeDigitsOrAllBeforeThePoint() {
        assertEquals("1234", Amount.of(1234.4));
        assertEquals("12.3", Amount.of(12.34));
        assertEquals("1.23", Amount.of(1.234));
        assertEquals("0.0123", Amount.of(0.01234));
        assertEquals("1.2e-05", Amount.of(0.0000123));
        assertEquals("0", Amount.of(0));
    }

    private static Cell cell(Figure figure, List<Double> ours, List<Double> theirs, double goal) {
        Rounds rounds = new Rounds("table", figure).goal(Goal.ratioTo("C", goal));
        ours.forEach(sample -> rounds.add(Cell.OURS, sample));
        theirs.forEach(sample -> rounds.add("C", sample));
        return rounds.cell();
    }
}
