package org.jvirtio.lab.matrix;

import java.util.function.Function;
import org.jvirtio.lab.Station;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.Fault;
import org.jvirtio.pci.PciFunction;

/** Where the functions of cells come from: models made for each, or a station that has them. */
interface CellPlace {

    CellPlace MODELS = ofModels(EmulatedDevices::parse);

    /** Models that {@code opener} puts somewhere, in the words of the emulated reach. */
    static CellPlace ofModels(Function<String, PciFunction> opener) {
        return (shown, interrupts, device) ->
                new ModelFunctions(opener, shown, interrupts, device, Fault.NONE);
    }

    /** The functions of one cell. */
    CellFunctions functions(ShownLayout shown, CellInterrupts interrupts, CellDevice device);

    static CellPlace of(Station station) {
        return (shown, interrupts, device) ->
                new StationFunctions(station, Matrix.words(shown, device));
    }
}
