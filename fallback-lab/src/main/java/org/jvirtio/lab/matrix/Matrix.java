package org.jvirtio.lab.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.lab.LabCase;
import org.jvirtio.pci.Policy;

/** Every case of one reach: the product of all axes, then each device compared with itself. */
public final class Matrix {

    private final CellReach reach;

    public Matrix(CellReach reach) {
        this.reach = reach;
    }

    /** Every combination of values that {@code axes} has, in the order of the axes. */
    public List<CellCase> cells(MatrixAxes axes) {
        List<CellCase> cells = new ArrayList<>();
        for (ShownLayout shown : axes.layouts()) {
            for (Policy policy : axes.policies()) {
                addRings(axes, shown, policy, cells);
            }
        }
        return cells;
    }

    private void addRings(MatrixAxes axes, ShownLayout shown, Policy policy, List<CellCase> cells) {
        for (CellInterrupts interrupts : axes.interrupts()) {
            for (CellRing ring : axes.rings()) {
                for (RingFeatures features : axes.features()) {
                    for (CellDevice device : axes.devices()) {
                        Cell cell =
                                new Cell(reach, shown, policy, interrupts, ring, features, device);
                        cells.add(new CellCase(cell));
                    }
                }
            }
        }
    }

    /** A comparison for each device of {@code axes} that shows more than one layout, unbroken. */
    public List<LabCase> halves(MatrixAxes axes) {
        List<LabCase> cases = new ArrayList<>();
        for (ShownLayout shown : axes.layouts()) {
            boolean comparable =
                    shown.halves().size() > 1
                            && shown != ShownLayout.TRANSITIONAL_BROKEN
                            && (reach == CellReach.EMULATED || shown.isMadeByQemu());
            for (CellDevice device : comparable ? axes.devices() : List.<CellDevice>of()) {
                cases.add(new HalvesCase(reach, shown, device));
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

    static String reproduce(CellReach reach, String id) {
        String option = reach == CellReach.GUEST ? "--reach guest " : "";
        return "./jvirtio matrix " + option + id;
    }
}
