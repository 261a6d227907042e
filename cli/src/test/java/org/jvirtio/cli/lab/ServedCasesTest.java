package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.MatrixAxes;
import org.jvirtio.lab.report.ReportedCase;

/** Cases over models behind sockets: the cells and faults of the models, over vfio-user. */
@Timeout(120)
class ServedCasesTest {

    private static final int EVERY = 12;

    private static Reached reach(ReachCases cases) {
        PrintStream out =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, Paint.none());
        return new VfioUserReach()
                .reach(cases, new LabReach.Order(console, new LabOptions(), new GuestOptions()));
    }

    private static List<ReportedCase> bad(Reached there, List<LabCase> cases) {
        return there.runner().run(cases, each -> {}).stream()
                .filter(each -> each.outcome().isBad())
                .toList();
    }

    @Test
    void cellsOfAllLayoutsWorkBehindSockets() {
        Reached there = reach(new MatrixCases(MatrixAxes.ALL, false));
        List<LabCase> some = new ArrayList<>();
        for (int i = 0; i < there.cases().size(); i += EVERY) {
            some.add(there.cases().get(i));
        }
        assertEquals(List.of(), bad(there, some));
    }

    @Test
    void whatAnOverlayMakesOfAServedModelIsSurvivedAsOnAModelHere() {
        Reached there = reach(new FaultsCases(false));
        assertEquals(34, there.cases().size());
        ShortWaits.during(
                () -> {
                    assertEquals(List.of(), bad(there, there.cases()));
                    return 0;
                });
    }
}
