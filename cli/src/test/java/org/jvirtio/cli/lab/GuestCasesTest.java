package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.report.ReportedCase;

/** A case that wedges or kills its guest costs itself, and the rest runs in a fresh boot. */
class GuestCasesTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Console console = new Console(stream(told), stream(told), Paint.none());

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void aCaseThatWedgesOrKillsItsGuestCostsItselfOnly() {
        QemuGuest guest =
                new GuestOptions()
                        .guest(console, List.of(), Duration.ofMinutes(2), Duration.ofSeconds(60));
        AwkwardCases list = new AwkwardCases();
        GuestCases runner = new GuestCases(console, guest, list, List.of(), LIMIT, 0);
        List<String> through = new ArrayList<>();
        List<ReportedCase> reported =
                runner.run(list.cases(List.of()), each -> through.add(each.id()));
        String all = told.toString(StandardCharsets.UTF_8) + reported;
        assertEquals(
                List.of(Outcome.PASS, Outcome.WEDGED, Outcome.PASS, Outcome.WEDGED, Outcome.PASS),
                reported.stream().map(ReportedCase::outcome).toList(),
                all);
        assertEquals(list.cases(List.of()).stream().map(LabCase::id).toList(), through, all);
        assertTrue(reported.get(1).result().seen().contains("thread 'case awkward/hangs'"), all);
        assertEquals(1, reported.get(3).retried().size(), "killed twice, both listed: " + all);
        assertTrue(all.contains("booting a guest afresh for the 3 cases left"), all);
    }

    /** Its guest makes another list than the host, which no further boot would change. */
    public static final class TwoFacedCases implements GuestCaseList {

        @Override
        public List<LabCase> cases(List<String> arguments) {
            List<LabCase> all = new AwkwardCases().cases(arguments);
            return ProcessHandle.current().pid() == 1 ? all.subList(0, 3) : all;
        }
    }

    @Test
    void aGuestThatCannotBeToldItsCasesIsBootedOnce() {
        QemuGuest guest =
                new GuestOptions()
                        .guest(console, List.of(), Duration.ofMinutes(2), Duration.ofSeconds(60));
        TwoFacedCases list = new TwoFacedCases();
        GuestCases runner = new GuestCases(console, guest, list, List.of(), LIMIT, 0);
        List<ReportedCase> reported = runner.run(list.cases(List.of()), each -> {});
        assertEquals("1", runner.about().get("boots"));
        for (ReportedCase some : reported) {
            assertEquals(Outcome.WEDGED, some.outcome(), some.toString());
            assertTrue(some.result().seen().contains("different lists"), some.toString());
        }
    }

    /** Debian's kernel has no VFIO without an IOMMU, so that no boot shows it. */
    @Test
    void withoutAnIommuTheGuestAsksForThePathThatDoesWithout() {
        GuestMachine machine = GuestMachine.with(List.of()).withoutIommu();
        List<String> told = GuestCases.job(machine, List.of()).jvmOptions();
        assertEquals(List.of("-Djvirtio.vfio.path=noiommu"), told);
    }

    @Test
    void positionsTravelAsRangesAndComeBackTheSame() {
        GuestCaseOrder order =
                new GuestCaseOrder(
                        "list", List.of("a"), 0xabcdL, List.of(0, 1, 2, 7, 9, 10), LIMIT);
        assertEquals("0-2,7,9-10", order.arguments().get(2));
        assertEquals(order, GuestCaseOrder.of(order.arguments()));
    }

    @Test
    void noMorePositionsTravelThanACommandLineHolds() {
        List<Integer> scattered = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            scattered.add(3 * i);
        }
        List<Integer> fitting = GuestCaseOrder.fitting(scattered);
        assertTrue(fitting.size() > 100 && fitting.size() < 300, fitting.size() + " positions");
        assertEquals(scattered.subList(0, fitting.size()), fitting);
    }
}
