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
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.bench.net.GuestNetBench;
import org.jvirtio.cli.bench.net.NetCell;
import org.jvirtio.cli.bench.net.NetPlan;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.guest.GuestResult;

/**
 * Boots the guest of {@code bench net} for a moment of both peers. Without QEMU or DPDK's packages
 * this fails and says what to install: a peer that never ran proves nothing.
 */
class NetGuestTest {

    @Test
    void whatOneFunctionSendsTheOtherReceivesWhoeverDrivesThem() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(err, err, Paint.none());
        NetPlan plan = new NetPlan(List.of(new NetCell(1518, 32)), 1, 3, 0);
        PeerPrograms programs = NetBench.programs(console);
        PeerGuest guest = NetBench.guest(plan, programs, new GuestOptions(), console);

        BootTwice<NetFindings> ran =
                BootTwice.run(
                        () -> new NetFindings(plan, console),
                        findings ->
                                guest.run(GuestNetBench.class, plan.arguments(), findings::accept));
        GuestResult boot = ran.boot();
        NetFindings findings = ran.findings();

        assertEquals("", boot.failure().or(boot::fault).orElse(""));
        assertEquals(List.of(), programs.notes());
        assertEquals(List.of(), findings.notes(), () -> said.toString(StandardCharsets.UTF_8));
        for (Cell cell : findings.cells()) {
            assertEquals(Set.of("jvirtio", "testpmd"), cell.samples().keySet(), cell.label());
            cell.samples().forEach((who, rates) -> assertTrue(rates.get(0) > 0, who + " " + rates));
        }
        assertEquals(2, findings.cells().size());
        assertTrue(findings.testpmdVersion().startsWith("DPDK "), findings.testpmdVersion());
    }
}
