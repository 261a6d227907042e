package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.CellCase;
import org.jvirtio.lab.matrix.CellReach;
import org.jvirtio.lab.matrix.FewCells;
import org.jvirtio.lab.matrix.Matrix;
import org.jvirtio.lab.matrix.MatrixAxes;

/**
 * The cells of {@code matrix}: on the models all of them, with a reason for each that cannot be;
 * elsewhere those that can.
 *
 * @param every of the cells elsewhere; else, under the ordinary policies, as many as have every
 *     triple of values
 */
record MatrixCases(MatrixAxes axes, boolean every) implements ReachCases {

    /** Of values: what a guest is through with in some two minutes under emulation. */
    private static final int TRIPLES = 3;

    /** A driver gives up on a device after 10 s by itself, and closing may take another. */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(30);
    }

    @Override
    public List<LabCase> onModels() {
        return Matrix.ofModels().cases(axes);
    }

    @Override
    public List<LabCase> onServed(ModelPlace place) {
        return some(Matrix.ofModels(place.reach(), place::open), axes, cells -> cells);
    }

    @Override
    public List<LabCase> onQemu(QemuPlace place) {
        return some(QemuMatrix.at(place), axes, QemuMatrix::offered);
    }

    /** What a function does not offer is a case, too, which is skipped and says why. */
    @Override
    public List<LabCase> onFunctions(List<NamedFunction> functions, String typed) {
        List<LabCase> cases = new ArrayList<>();
        for (NamedFunction function : functions) {
            LookedAt seen = LookedAt.of(function);
            MatrixAxes own = axes.of(seen.shown(), seen.cellDevice());
            Matrix matrix =
                    Matrix.ofFunction(CellReach.found(function.label(), typed), function::open);
            cases.addAll(some(matrix, own, cells -> cells));
            cases.addAll(Matrix.leftOut(matrix.cells(own)));
        }
        return cases;
    }

    /** Those that can be, or a few of those that work as far as is known. */
    private List<LabCase> some(
            Matrix matrix, MatrixAxes wanted, UnaryOperator<List<CellCase>> working) {
        List<LabCase> cases = new ArrayList<>();
        if (every) {
            cases.addAll(QemuMatrix.possible(matrix.cells(wanted)));
        } else {
            List<CellCase> lean = matrix.cells(wanted.withOrdinaryPolicies());
            cases.addAll(FewCells.of(working.apply(QemuMatrix.possible(lean)), TRIPLES));
        }
        cases.addAll(matrix.halves(wanted));
        return cases;
    }

    @Override
    public List<String> qemuArguments(Path directory) {
        return QemuMatrix.qemuArguments(directory);
    }

    @Override
    public GuestCaseList guestList() {
        return new QemuMatrix();
    }

    @Override
    public List<String> guestArguments() {
        return List.of();
    }
}
