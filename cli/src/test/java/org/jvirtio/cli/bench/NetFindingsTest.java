package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.bench.net.NetCell;
import org.jvirtio.cli.bench.net.NetPlan;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Goal;

/** From the guest's lines to the cells of the report. */
class NetFindingsTest {

    private final PrintStream nowhere =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final NetFindings findings =
            new NetFindings(
                    new NetPlan(NetPlan.cells("64-b32"), 2, 1, 0),
                    new Console(nowhere, nowhere, Paint.none()));

    @Test
    void transmitAndReceiveAreCellsOfTheirOwn() {
        say(1, "jvirtio", 90_000, 80_000, "");
        say(1, "testpmd", 100_000, 100_000, "");
        say(2, "testpmd", 50_000, 50_000, "");
        say(2, "jvirtio", 45_000, 60_000, "");

        List<Cell> cells = findings.cells();
        assertEquals(List.of("transmit", "receive"), cells.stream().map(Cell::table).toList());
        assertEquals(0.9, cells.get(0).ratio("testpmd").orElseThrow().median(), 1e-9);
        assertEquals(List.of(80.0, 60.0), cells.get(1).samples().get("jvirtio"));
        assertEquals(List.of(Goal.ratioTo("testpmd", 0.9)), cells.get(1).goals());
    }

    @Test
    void whoeverFailsOnceIsLeftOutAndHasANote() {
        say(1, "jvirtio", 90_000, 80_000, "");
        say(2, "jvirtio", 90_000, 80_000, "");
        say(1, "testpmd", 90_000, 80_000, "");
        say(2, "testpmd", 0, 0, "no huge page");

        assertEquals(Set.of("jvirtio"), findings.cells().get(0).samples().keySet());
        assertTrue(
                findings.notes().get(0).endsWith("round 2: no huge page"), "" + findings.notes());
    }

    @Test
    void theVersionOfDpdkIsAnInputAndNoMeasurement() {
        assertEquals("not told", findings.testpmdVersion());
        findings.accept("testpmd is of DPDK 22.11.11");

        assertEquals("DPDK 22.11.11", findings.testpmdVersion());
        assertEquals(List.of(), findings.cells());
    }

    @Test
    void aPlanReachesTheGuestAsItIs() {
        NetPlan plan = new NetPlan(NetPlan.cells("1518-b1,64-b256"), 2, 3, 4);

        assertEquals(List.of("1518-b1,64-b256", "2", "3", "4"), plan.arguments());
        assertEquals(NetCell.all(), NetPlan.cells(""));
        assertThrows(IllegalArgumentException.class, () -> NetPlan.cells("65-b1"));
        assertThrows(IllegalArgumentException.class, () -> new NetPlan(NetCell.all(), 1, 0, 1));
    }

    private void say(int round, String peer, int transmitted, int received, String failure) {
        findings.accept(
                String.format(
                        "{\"round\":%d,\"cell\":\"64-b32\",\"peer\":\"%s\",\"transmitted\":%d,"
                                + "\"received\":%d,\"failure\":\"%s\"}",
                        round, peer, transmitted, received, failure));
    }
}
