package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.cli.bench.report.Cell;

/** What JMH writes, as cells of a report. */
class MicroCellsTest {

    private static final String JSON =
            """
            [{"benchmark": "org.jvirtio.benchmarks.Entries.requests",
              "params": {"entries": "16", "ring": "split"},
              "primaryMetric": {"rawData": [[10.0, 11.0, 12.0]]},
              "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 16.0}}}]
            """;

    @Test
    void aResultHasItsShortNameSamplesAndBytes() {
        assertEquals(
                List.of(
                        new MicroResult(
                                "Entries.requests",
                                Map.of("entries", "16", "ring", "split"),
                                List.of(10.0, 11.0, 12.0),
                                16.0)),
                MicroResult.parse(JSON));
    }

    @Test
    void anotherFormIsRefused() {
        assertThrows(DeviceBrokenException.class, () -> MicroResult.parse("[{}]"));
        assertThrows(DeviceBrokenException.class, () -> MicroResult.parse("{"));
    }

    @Test
    void aCostFarAboveTheMedianOfItsRowIsNotFlat() {
        List<Cell> cells =
                new MicroCells(
                                List.of(
                                        entries("split", 16, 10),
                                        entries("split", 256, 11),
                                        entries("split", 32768, 15),
                                        entries("packed", 16, 100)))
                        .cells();
        assertEquals(Optional.of(true), met(cells.get(0)));
        assertEquals(Optional.of(true), met(cells.get(1)));
        assertEquals(Optional.of(false), met(cells.get(2)), "15 / 11");
        assertEquals(Optional.of(true), met(cells.get(3)), "another row");
    }

    @Test
    void anAllocationMissesItsGoal() {
        List<Cell> cells = new MicroCells(MicroResult.parse(JSON)).cells();
        assertEquals(Optional.of(false), met(cells.get(1)), "16 bytes for each operation");
    }

    @Test
    void aChoiceHasTwentyMicrosecondsAndMayAllocate() {
        MicroResult slow =
                new MicroResult(
                        "Choice.choose",
                        Map.of("layout", "virtio1", "policy", "auto"),
                        List.of(20_001.0),
                        10_000);
        List<Cell> cells = new MicroCells(List.of(slow)).cells();
        assertEquals(Optional.of(false), met(cells.get(0)));
        assertEquals(List.of(), cells.get(1).goals());
    }

    private static Optional<Boolean> met(Cell cell) {
        return cell.met(cell.goals().get(0));
    }

    private static MicroResult entries(String ring, int entries, double nanoseconds) {
        return new MicroResult(
                "Entries.requests",
                Map.of("entries", "" + entries, "ring", ring),
                List.of(nanoseconds),
                0);
    }
}
