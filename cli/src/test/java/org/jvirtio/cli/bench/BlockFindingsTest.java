package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.Selection;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Goal;

/** From the guest's lines to the cells of the report. */
class BlockFindingsTest {

    private final PrintStream nowhere =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final BlockFindings findings =
            new BlockFindings(
                    new BlockPlan(Selection.parse("null,1.x,poll,read,4k,d1"), 2, 0.5, 0),
                    new Console(nowhere, nowhere, Paint.none()));

    @Test
    void eachRoundGivesOneSampleOfEverybody() {
        say(1, "poll", "ours", 90_000);
        say(1, "poll", "c", 100_000);
        say(1, "kernel", "fio", 3_000);
        say(2, "poll", "c", 80_000);
        say(2, "poll", "ours", 80_000);
        say(2, "kernel", "fio", 4_000);

        Cell rate = findings.cells().get(0);
        assertEquals(List.of(90.0, 80.0), rate.samples().get("jvirtio"));
        assertEquals(List.of(100.0, 80.0), rate.samples().get("C"));
        assertEquals(List.of(3.0, 4.0), rate.samples().get("fio io_uring"));
        assertEquals(0.95, rate.ratio("C").orElseThrow().median(), 1e-9);
        assertEquals(
                List.of(Goal.ratioTo("C", 0.9), Goal.ratioTo("fio io_uring", 10)), rate.goals());
        assertEquals(
                List.of(Goal.ratioTo("C", 1.5)),
                findings.cells().get(2).goals(),
                "of the p99 latency at depth 1");
    }

    @Test
    void whoeverFailsOnceIsLeftOutAndHasANote() {
        say(1, "poll", "ours", 90_000);
        say(2, "poll", "ours", 90_000);
        say(1, "poll", "c", 100_000);
        findings.accept(line(2, "poll", "c", 0).replace("\"\"", "\"no huge page\""));

        assertEquals(Set.of("jvirtio"), findings.cells().get(0).samples().keySet());
        assertEquals(1, findings.notes().size());
        assertTrue(
                findings.notes().get(0).contains("round 2: no huge page"), "" + findings.notes());
    }

    @Test
    void requestsThatEndedBadlyAreNotPassedOverInSilence() {
        findings.accept(line(1, "poll", "ours", 90_000).replace("\"errors\":0", "\"errors\":17"));

        assertTrue(
                findings.notes().get(0).contains("17 requests ended with an error"),
                "" + findings.notes());
    }

    @Test
    void requestsThatEndedBadlyAreNoSpeedToCompare() {
        say(1, "poll", "c", 100_000);
        say(2, "poll", "c", 100_000);
        say(1, "poll", "ours", 90_000);
        findings.accept(line(2, "poll", "ours", 9e6).replace("\"errors\":0", "\"errors\":17"));

        assertEquals(Set.of("C"), findings.cells().get(0).samples().keySet());
    }

    @Test
    void withoutAnyMeasurementThereAreNoCells() {
        findings.accept("fio is fio-3.33");

        assertEquals(List.of(), findings.cells());
        assertEquals("fio-3.33", findings.fioVersion());
    }

    private void say(int round, String way, String peer, double operations) {
        findings.accept(line(round, way, peer, operations));
    }

    private static String line(int round, String way, String peer, double operations) {
        return String.format(
                "{\"round\":%d,\"cell\":\"null/1.x/%s/4k-random-read-d1\",\"peer\":\"%s\","
                        + "\"failure\":\"\",\"opsPerSecond\":%f,\"megabytesPerSecond\":1,"
                        + "\"p50Micros\":9,\"p99Micros\":80,\"cpuPercent\":100,\"errors\":0}",
                round, way, peer, operations);
    }
}
