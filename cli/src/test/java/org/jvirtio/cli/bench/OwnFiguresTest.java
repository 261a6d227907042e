package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.bench.block.BlockPlan;
import org.jvirtio.cli.bench.block.Selection;
import org.jvirtio.cli.bench.net.NetPlan;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.guest.GuestResult;

/**
 * {@code bench net} and {@code bench block}, whose guests end well though ours failed everywhere.
 */
class OwnFiguresTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final Console console = new Console(err, err, Paint.none());
    private final NetFindings net =
            new NetFindings(new NetPlan(NetPlan.cells("64-b32"), 1, 1, 0), console);

    @Test
    void oursThatFailedEverywhereIsAFailureWhoseReasonIsTold() {
        frames("testpmd", "");
        frames("jvirtio", "no free vector");

        assertEquals(ExitCode.FAILED, exitCode("net", net.cells(), net.notes(), 0));
        assertTrue(said().contains("measuring net: not one figure is ours."), said());
        assertTrue(said().contains("again: 64-b32 by jvirtio, round 1: no free vector"), said());
    }

    @Test
    void theReasonIsOfOursAlsoIfAPeerFailedBefore() {
        BlockFindings block =
                new BlockFindings(
                        new BlockPlan(Selection.parse("null,1.x,poll,read,4k,d1"), 1, 0.5, 0),
                        console);
        for (String peer : List.of("c", "ours")) {
            block.accept(
                    String.format(
                            "{\"round\":1,\"cell\":\"null/1.x/poll/4k-random-read-d1\","
                                    + "\"peer\":\"%s\",\"failure\":\"no page for %s\","
                                    + "\"opsPerSecond\":0,\"megabytesPerSecond\":0,"
                                    + "\"p50Micros\":0,\"p99Micros\":0,"
                                    + "\"cpuPercent\":0,\"errors\":0}",
                            peer, peer));
        }

        assertEquals(ExitCode.FAILED, exitCode("block", block.cells(), block.notes(), 0));
        assertTrue(said().contains("by jvirtio, round 1: no page for ours"), said());
    }

    @Test
    void aGuestThatToldNothingIsAFailure() {
        assertEquals(ExitCode.FAILED, exitCode("net", List.of(), List.of(), 0));
        assertTrue(said().contains("the guest told of no measurement"), said());
    }

    @Test
    void aPeerThatIsMissingIsNone() {
        frames("jvirtio", "");

        List<String> notes = List.of("testpmd is missing: there is no apt");
        assertEquals(ExitCode.DONE, exitCode("net", net.cells(), notes, 0));
    }

    @Test
    void theStatusOfAGuestThatFailedStays() {
        assertEquals(ExitCode.ENVIRONMENT, exitCode("net", List.of(), List.of(), 3));
    }

    private void frames(String peer, String failure) {
        net.accept(
                String.format(
                        "{\"round\":1,\"cell\":\"64-b32\",\"peer\":\"%s\",\"transmitted\":9,"
                                + "\"received\":8,\"failure\":\"%s\"}",
                        peer, failure));
    }

    private int exitCode(String benchmark, List<Cell> cells, List<String> notes, int status) {
        GuestResult boot =
                new GuestResult(
                        status,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        0,
                        Duration.ZERO,
                        List.of());
        BenchReport report = new BenchReport(benchmark, Instant.EPOCH, Map.of(), cells, notes);
        return OwnFigures.exitCode(console, report, boot);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
