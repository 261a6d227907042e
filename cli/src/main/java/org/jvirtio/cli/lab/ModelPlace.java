package org.jvirtio.cli.lab;

import org.jvirtio.lab.Station;
import org.jvirtio.lab.matrix.CellReach;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.PciFunction;

/** Where models are, other than in this process: each is made when it is opened. */
interface ModelPlace extends Station {

    CellReach reach();

    /**
     * Makes a model and takes it for driving.
     *
     * @param device in the words of the emulated reach, see {@link EmulatedDevices}
     */
    PciFunction open(String device);

    /** What people type to come to the same place. */
    default String option() {
        return "--reach " + reach().label();
    }

    @Override
    default PciFunction near(String device) {
        return open(device);
    }

    @Override
    default PciFunction far(String device) {
        return open(device);
    }
}
