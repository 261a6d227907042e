package org.jvirtio.cli.bench.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report with all that a report can have, for tests. */
final class SampleReports {

    static final Instant TIME = Instant.parse("2026-01-31T23:59:59Z");

    private SampleReports() {}

    /** Two tables: one with a peer, one of ours alone; markup in every text. */
    static BenchReport report(double speed) {
        Cell beside =
                new Rounds("split <ring> & \"more\"", new Figure("speed", "M/s", Better.HIGHER))
                        .at("batch", 32)
                        .add(Cell.OURS, speed)
                        .add(Cell.OURS, speed + 1)
                        .add("C", 100)
                        .add("C", 101)
                        .goal(Goal.ratioTo("C", 1))
                        .cell();
        Cell alone =
                new Rounds("memory", new Figure("most", "", Better.LOWER))
                        .add(Cell.OURS, 0)
                        .goal(Goal.ownFigure(128))
                        .cell();
        return new BenchReport(
                "ring", TIME, inputs("QEMU 7.2"), List.of(beside, alone), List.of("a < b"));
    }

    static Map<String, String> inputs(String qemu) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("processor", "Some & Such");
        inputs.put("qemu", qemu);
        return inputs;
    }
}
