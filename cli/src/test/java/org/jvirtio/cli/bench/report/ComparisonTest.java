package org.jvirtio.cli.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which results may be compared, what changed, and which are the newest. */
class ComparisonTest {

    private final BenchReport before = SampleReports.report(90);

    @Test
    void resultsOfTheSameInputsAreComparedCellByCell() {
        Comparison comparison = new Comparison(before, SampleReports.report(180.5));
        assertEquals(List.of(), comparison.differences());
        assertEquals(2, comparison.changes().size());
        assertEquals(2, comparison.changes().get(0).factor().orElseThrow());
    }

    @Test
    void everyInputThatDiffersIsNamedWithBothValues() {
        BenchReport after =
                new BenchReport(
                        "block",
                        SampleReports.TIME,
                        SampleReports.inputs("QEMU 9.0"),
                        before.cells(),
                        List.of());
        assertEquals(
                List.of("benchmark: ring / block", "qemu: QEMU 7.2 / QEMU 9.0"),
                new Comparison(before, after).differences());
    }

    @Test
    void theNewestOfOneBenchmarkComesFirst(@TempDir Path directory) {
        KeptReports kept = new KeptReports(directory);
        Path older = kept.keep(before);
        Path newer = kept.keep(later("ring", 1));
        Path other = kept.keep(later("block", 2));
        assertEquals(List.of(newer, older), kept.newest("ring"));
        assertEquals(List.of(other, newer, older), kept.newest(""));
        assertEquals("block", KeptReports.benchmarkOf(other));
        assertEquals(before, KeptReports.read(older));
    }

    @Test
    void resultsOfTheSameSecondAreAllKeptAndTheLastOfThemIsTheNewest(@TempDir Path directory) {
        KeptReports kept = new KeptReports(directory);
        List<Path> files = new ArrayList<>();
        List<BenchReport> reports = new ArrayList<>();
        for (int speed = 1; speed <= 11; speed++) {
            reports.add(SampleReports.report(speed));
            files.add(0, kept.keep(SampleReports.report(speed)));
        }
        assertEquals("ring-20260131T235959Z.json", files.get(10).getFileName().toString());
        assertEquals("ring-20260131T235959Z-11.json", files.get(0).getFileName().toString());
        assertEquals(files, kept.newest("ring"));
        Collections.reverse(files);
        assertEquals(reports, files.stream().map(KeptReports::read).toList());

        Path later = kept.keep(later("ring", 1));
        assertEquals(later, kept.newest("ring").get(0));
        assertEquals("ring", KeptReports.benchmarkOf(files.get(10)));
    }

    private BenchReport later(String benchmark, int seconds) {
        return new BenchReport(
                benchmark,
                SampleReports.TIME.plus(Duration.ofSeconds(seconds)),
                before.inputs(),
                before.cells(),
                before.notes());
    }
}
