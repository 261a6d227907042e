package org.jvirtio.cli.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.CellCase;
import org.jvirtio.lab.matrix.CellReach;
import org.jvirtio.lab.matrix.FewCells;
import org.jvirtio.lab.matrix.Matrix;
import org.jvirtio.lab.matrix.MatrixAxes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every device in every layout under every policy with every interrupt and ring, and a verdict. */
@Command(
        name = "jvirtio matrix",
        description =
                "Drive layout x policy x interrupts x ring x ring features x device, generated, on the"
                        + " models in this process or on QEMU's devices in a guest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MatrixCommand implements Callable<Integer> {

    private static final String NAME = "matrix";

    /** A driver gives up on a device after 10 s by itself, and closing may take another. */
    private static final Duration CELL_LIMIT = Duration.ofSeconds(30);

    /** Of values: what a guest is through with in some two minutes under emulation. */
    private static final int TRIPLES = 3;

    private static final Duration BOOT_LIMIT = Duration.ofMinutes(15);
    private static final Duration SILENCE = CELL_LIMIT.plusSeconds(60);

    @Option(
            names = "--reach",
            paramLabel = "REACH",
            description = "emulated: models in this process (default); guest: QEMU's over VFIO")
    private String reach = CellReach.EMULATED.label();

    @Option(
            names = "--whole",
            description =
                    "in a guest every possible cell; without, as many as have every triple of values,"
                            + " or what is named")
    private boolean whole;

    @Mixin private AxisOptions axes;

    @Mixin private LabOptions lab;

    @Mixin private GuestOptions guestOptions;

    private final Console console;

    public MatrixCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        lab.check();
        MatrixAxes chosen = axes.axes();
        if (reach.equals(CellReach.GUEST.label())) {
            return inGuest(chosen);
        }
        if (!reach.equals(CellReach.EMULATED.label())) {
            throw new UsageException(
                    "choosing a reach: there is no '" + reach + "'. Use emulated or guest.");
        }
        List<LabCase> cases = new Matrix(CellReach.EMULATED).cases(chosen);
        return lab.run(console, NAME, cases, CELL_LIMIT);
    }

    private int inGuest(MatrixAxes chosen) {
        List<LabCase> cases = guestCases(chosen);
        if (lab.isListing()) {
            return lab.run(console, NAME, cases, CELL_LIMIT);
        }
        lab.select(cases); // A word that fits no case is told before anything takes time.
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            List<String> devices = GuestMatrix.qemuArguments(scratch.path());
            QemuGuest guest = guestOptions.guest(console, devices, BOOT_LIMIT, SILENCE);
            GuestCases runner =
                    new GuestCases(
                            console,
                            guest,
                            new GuestMatrix(),
                            List.of(),
                            CELL_LIMIT,
                            lab.retries());
            return lab.run(console, NAME, cases, runner, runner.about());
        }
    }

    /** What is possible there, and of that a few unless somebody says what is meant. */
    private List<LabCase> guestCases(MatrixAxes chosen) {
        Matrix matrix = new Matrix(CellReach.GUEST);
        List<CellCase> possible = GuestMatrix.possible(matrix.cells(chosen));
        boolean all = whole || lab.isSelective() || axes.isSelective();
        List<LabCase> cases =
                new ArrayList<>(
                        all ? possible : FewCells.of(GuestMatrix.offered(possible), TRIPLES));
        cases.addAll(matrix.halves(chosen));
        return cases;
    }
}
