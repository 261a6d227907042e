package org.jvirtio.cli.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jvirtio.cli.RunPlan;
import org.jvirtio.cli.RunStation;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.matrix.CellCase;
import org.jvirtio.lab.matrix.CellDevice;
import org.jvirtio.lab.matrix.Matrix;
import org.jvirtio.lab.matrix.MatrixAxes;
import org.jvirtio.lab.matrix.RingFeatures;
import org.jvirtio.lab.matrix.ShownLayout;

/**
 * The matrix on QEMU's devices: the cells that can be, and the devices that QEMU makes for them.
 */
public final class QemuMatrix implements GuestCaseList {

    private static final long DISK_BYTES = 1 << 20;

    /** Slots 0 and 1 of a q35 machine are taken; a network takes two. */
    private static final int FIRST_SLOT = 2;

    /** A device that QEMU is asked for. */
    private record Made(ShownLayout shown, CellDevice device, int slot) {}

    private static final List<Made> MADE = made();

    private static List<Made> made() {
        List<Made> made = new ArrayList<>();
        int slot = FIRST_SLOT;
        for (ShownLayout shown : ShownLayout.values()) {
            for (CellDevice device :
                    shown.isMadeByQemu() ? CellDevice.values() : new CellDevice[0]) {
                made.add(new Made(shown, device, slot));
                slot += device == CellDevice.NET ? 2 : 1;
            }
        }
        return List.copyOf(made);
    }

    /** The matrix there. */
    static Matrix at(QemuPlace place) {
        return Matrix.ofQemu(
                place.reach(),
                new QemuStation(
                        place,
                        MADE.stream()
                                .collect(
                                        Collectors.toMap(
                                                some -> Matrix.words(some.shown(), some.device()),
                                                Made::slot))));
    }

    @Override
    public List<LabCase> cases(List<String> arguments) {
        Matrix matrix = at(QemuPlace.GUEST);
        List<LabCase> cases = new ArrayList<>(possible(matrix.cells(MatrixAxes.ALL)));
        cases.addAll(matrix.halves(MatrixAxes.ALL));
        return cases;
    }

    /** Without those that QEMU cannot have: the models run and explain them. */
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
        for (Made some : MADE) {
            RunStation station =
                    new RunStation(
                            some.slot(),
                            some.device().type(),
                            RunPlan.Flavour.of(some.shown().label(), options(some.shown())));
            arguments.addAll(station.qemuArguments(behind(directory, some)));
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

    private static String behind(Path directory, Made some) {
        Path file = directory.resolve(some.shown().label() + "-" + some.device().label() + ".raw");
        return some.device() == CellDevice.BLOCK ? disk(file) : file.toString();
    }

    private static String disk(Path file) {
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(DISK_BYTES);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk for the matrix, " + file, e);
        }
        return file.toString();
    }
}
