package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.CellCase;
import org.jvirtio.lab.matrix.FewCells;
import org.jvirtio.lab.matrix.Matrix;
import org.jvirtio.lab.matrix.MatrixAxes;

/**
 * The cells of {@code matrix}: on the models all of them, with a reason for each that cannot be;
 * elsewhere those that can.
 *
 * @param every of the cells elsewhere; else as many as have every triple of values
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
        return some(Matrix.ofModels(place.reach(), place::open), cells -> cells);
    }

    @Override
    public List<LabCase> onQemu(QemuPlace place) {
        return some(QemuMatrix.at(place), QemuMatrix::offered);
    }

    /** Those that can be, or a few of those that work as far as is known. */
    private List<LabCase> some(Matrix matrix, UnaryOperator<List<CellCase>> working) {
        List<CellCase> possible = QemuMatrix.possible(matrix.cells(axes));
        List<LabCase> cases =
                new ArrayList<>(every ? possible : FewCells.of(working.apply(possible), TRIPLES));
        cases.addAll(matrix.halves(axes));
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
