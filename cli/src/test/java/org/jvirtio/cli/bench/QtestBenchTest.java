package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.cli.bench.report.Cell;

/** A short round of {@code bench qtest}. Fails where there is no QEMU, and says so. */
@Timeout(60)
class QtestBenchTest {

    @TempDir private Path directory;

    @Test
    void everyDiskIsStartedAndReadByEachWayOfWaiting() {
        QtestFigures figures = new QtestFigures();
        QtestBench.measure(directory, 20, figures);
        List<Cell> cells = figures.cells();
        assertEquals(2 + 3 + 3 * 2 * 2, cells.size());
        assertEquals(3 + 3 * 2 * 2, cells.stream().filter(one -> !one.goals().isEmpty()).count());
        for (Cell cell : cells) {
            List<Double> samples = cell.samples().get(Cell.OURS);
            assertTrue(samples.size() == 1 && samples.get(0) > 0, cell.label() + " " + samples);
        }
    }
}
