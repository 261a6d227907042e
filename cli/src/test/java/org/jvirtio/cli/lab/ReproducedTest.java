package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.lab.matrix.MatrixAxes;
import picocli.CommandLine;

/** What is typed to try a case again asks for the machine on which it was tried. */
class ReproducedTest {

    private static final String[] MACHINE = {
        "--kernel=/boot/my kernel", "--modules=/lib/m", "--load=nvme", "--qemu=-s", "--no-iommu"
    };

    private static final String WORDS =
            "'--kernel=/boot/my kernel' --modules=/lib/m --load=nvme --qemu=-s --no-iommu";

    private static final PrintStream NOWHERE =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    private static final Console CONSOLE = new Console(NOWHERE, NOWHERE, Paint.none());

    @Test
    void aRowIsCheckedOnTheSameMachine() {
        CheckCommand check = new CheckCommand(CONSOLE);
        CommandLine line = new CommandLine(check);
        line.parseArgs(
                Stream.concat(
                                Stream.of("--reach=guest", "--device=virtio-rng-pci"),
                                Stream.of(MACHINE))
                        .toArray(String[]::new));
        assertEquals(
                "./jvirtio check --reach guest --device virtio-rng-pci " + WORDS, check.command());
    }

    static Stream<ReachCases> cases() {
        return Stream.of(new MatrixCases(MatrixAxes.ALL, true), new FaultsCases(true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cellsAndFaultsAreTriedOnTheSameMachine(ReachCases cases) {
        GuestOptions machine = new GuestOptions();
        new CommandLine(machine).parseArgs(MACHINE);
        LabReach.Order order = new LabReach.Order(CONSOLE, new LabOptions(), machine);
        for (LabReach reach : new LabReach[] {new GuestReach(), new QtestReach()}) {
            String again = reach.reach(cases, order).cases().get(0).reproduce();
            String typed = " --reach " + reach.label() + " " + WORDS + " ";
            assertTrue(again.contains(typed), again);
        }
    }
}
