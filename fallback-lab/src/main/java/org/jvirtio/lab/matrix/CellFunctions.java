package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.pci.PciFunction;

/** The functions of one cell, each opened once; a network has two ends. */
interface CellFunctions {

    /** Those of the cell's reach. */
    static CellFunctions of(Cell cell) {
        return cell.reach() == CellReach.EMULATED
                ? new ModelFunctions(cell.shown(), cell.interrupts(), cell.device())
                : new GuestFunctions(cell.shown(), cell.device());
    }

    /** The function that the cell drives. */
    PciFunction near();

    /** What is connected with it; networks only. */
    PciFunction far();

    /** What the devices had to say against the driver, once all is closed; models only. */
    List<String> complaints();
}
