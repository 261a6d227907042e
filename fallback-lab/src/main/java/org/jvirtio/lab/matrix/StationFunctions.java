package org.jvirtio.lab.matrix;

import java.util.List;
import org.jvirtio.lab.Station;
import org.jvirtio.pci.PciFunction;

/** Devices of a station, which keeps them from one cell to the next. */
record StationFunctions(Station station, String device) implements CellFunctions {

    @Override
    public PciFunction near() {
        return station.near(device);
    }

    @Override
    public PciFunction far() {
        return station.far(device);
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }
}
