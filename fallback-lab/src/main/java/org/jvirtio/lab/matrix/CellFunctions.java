package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.pci.PciFunction;

/** The functions of one cell, each opened once; a network has two ends. */
interface CellFunctions {

    /** The function that the cell drives. */
    PciFunction near();

    /** True if what a network, or a port of a console, is connected with can be driven, too. */
    default boolean hasFar() {
        return true;
    }

    /** What is connected with it; networks only, and those that {@link #hasFar}. */
    PciFunction far();

    /** What the devices had to say against the driver, once all is closed; models only. */
    List<String> complaints();
}
