package org.jvirtio.cli.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.cli.RunPlan;
import org.jvirtio.cli.RunStation;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.CellCase;
import org.jvirtio.lab.matrix.CellDevice;
import org.jvirtio.lab.matrix.CellReach;
import org.jvirtio.lab.matrix.GuestFunctions;
import org.jvirtio.lab.matrix.Matrix;
import org.jvirtio.lab.matrix.MatrixAxes;
import org.jvirtio.lab.matrix.RingFeatures;
import org.jvirtio.lab.matrix.ShownLayout;

/** The matrix of a guest: the cells that can be there, and the devices that QEMU makes for them. */
public final class GuestMatrix implements GuestCaseList {

    private static final long DISK_BYTES = 1 << 20;

    @Override
    public List<LabCase> cases(List<String> arguments) {
        Matrix matrix = new Matrix(CellReach.GUEST);
        List<LabCase> cases = new ArrayList<>(possible(matrix.cells(MatrixAxes.ALL)));
        cases.addAll(matrix.halves(MatrixAxes.ALL));
        return cases;
    }

    /** Without those that no guest can have: the models run and explain them. */
    static List<CellCase> possible(List<CellCase> cells) {
        return cells.stream().filter(CellCase::isPossible).toList();
    }

    /** Without those whose features QEMU offers since 9.1 only; where missing, a cell says so. */
    static List<CellCase> offered(List<CellCase> cells) {
        return cells.stream()
                .filter(
                        some ->
                                some.cell().features() != RingFeatures.IN_ORDER
                                        && some.cell().features() != RingFeatures.ALL)
                .toList();
    }

    /** One device of each kind for each layout, with a disk of its own in {@code directory}. */
    static List<String> qemuArguments(Path directory) {
        List<String> arguments = new ArrayList<>();
        for (ShownLayout shown : GuestFunctions.made()) {
            for (CellDevice device : CellDevice.values()) {
                RunStation station =
                        new RunStation(
                                GuestFunctions.slot(shown, device),
                                device.type(),
                                RunPlan.Flavour.of(shown.label(), options(shown)));
                arguments.addAll(station.qemuArguments(disk(directory, shown, device)));
            }
        }
        return arguments;
    }

    /** Every device offers packed rings where its layout can say so; cells take them or not. */
    private static String options(ShownLayout shown) {
        return switch (shown) {
            case LEGACY -> "disable-legacy=off,disable-modern=on";
            case VIRTIO1 -> "disable-legacy=on,disable-modern=off,iommu_platform=on,packed=on";
            case TRANSITIONAL -> "disable-legacy=off,disable-modern=off,packed=on";
            default -> throw new IllegalArgumentException("QEMU makes no " + shown.label());
        };
    }

    private static String disk(Path directory, ShownLayout shown, CellDevice device) {
        Path file = directory.resolve(shown.label() + "-" + device.label() + ".raw");
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(DISK_BYTES);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk for the matrix, " + file, e);
        }
        return file.toString();
    }
}
