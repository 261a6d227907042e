package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Station;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** Every case of one reach: the product of all axes, then each device compared with itself. */
public final class Matrix {

    private final CellReach reach;
    private final CellPlace place;

    Matrix(CellReach reach, CellPlace place) {
        this.reach = reach;
        this.place = place;
    }

    /** On models in this process, made anew for each cell. */
    public static Matrix ofModels() {
        return new Matrix(CellReach.EMULATED, CellPlace.MODELS);
    }

    /** On models that {@code opener} puts elsewhere. */
    public static Matrix ofModels(CellReach reach, Function<String, PciFunction> opener) {
        return new Matrix(reach, CellPlace.ofModels(opener));
    }

    /** On devices of QEMU's. */
    public static Matrix ofQemu(CellReach reach, Station station) {
        return new Matrix(reach, CellPlace.of(station));
    }

    /**
     * On one function that somebody named.
     *
     * @param opener takes it for driving until it is closed, each time anew
     */
    public static Matrix ofFunction(CellReach reach, Supplier<PciFunction> opener) {
        return new Matrix(reach, CellPlace.ofFunction(opener));
    }

    /** What a station calls the device of a cell: {@code block,layout=virtio1}. */
    public static String words(Shown shown, CellDevice device) {
        return device.label() + ",layout=" + shown.label();
    }

    /** Every combination of values that {@code axes} has, in the order of the axes. */
    public List<CellCase> cells(MatrixAxes axes) {
        List<CellCase> cells = new ArrayList<>();
        for (Shown shown : axes.layouts()) {
            for (Policy policy : axes.policies()) {
                addRings(axes, shown, policy, cells);
            }
        }
        return cells;
    }

    private void addRings(MatrixAxes axes, Shown shown, Policy policy, List<CellCase> cells) {
        for (CellInterrupts interrupts : axes.interrupts()) {
            for (CellRing ring : axes.rings()) {
                for (RingFeatures features : axes.features()) {
                    for (CellDevice device : axes.devices()) {
                        Cell cell =
                                new Cell(reach, shown, policy, interrupts, ring, features, device);
                        cells.add(new CellCase(cell, place));
                    }
                }
            }
        }
    }

    /** A comparison for each device of {@code axes} that shows more than one layout, unbroken. */
    public List<LabCase> halves(MatrixAxes axes) {
        List<LabCase> cases = new ArrayList<>();
        for (Shown shown : axes.layouts()) {
            boolean comparable =
                    shown.isComparable() && (!reach.isOfQemu() || CellRule.isMadeByQemu(shown));
            for (CellDevice device : comparable ? axes.devices() : List.<CellDevice>of()) {
                cases.add(new HalvesCase(reach, place, shown, device));
            }
        }
        return cases;
    }

    /** All cells and all comparisons. */
    public List<LabCase> cases(MatrixAxes axes) {
        List<LabCase> cases = new ArrayList<>(cells(axes));
        cases.addAll(halves(axes));
        return cases;
    }

    /**
     * For each value of an axis that no possible cell has: a case that says why, and is skipped.
     */
    public static List<LabCase> leftOut(List<CellCase> cells) {
        return LeftOut.of(cells);
    }
}
