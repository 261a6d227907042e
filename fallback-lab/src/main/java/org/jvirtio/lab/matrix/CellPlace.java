package org.jvirtio.lab.matrix;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jvirtio.lab.Station;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.Fault;
import org.jvirtio.pci.PciFunction;

/**
 * Where the functions of cells come from: models made for each, a station that has them, or one
 * function that somebody named.
 */
interface CellPlace {

    CellPlace MODELS = ofModels(EmulatedDevices::parse);

    /** Models that {@code opener} puts somewhere, in the words of the emulated reach. */
    static CellPlace ofModels(Function<String, PciFunction> opener) {
        return (shown, interrupts, device) ->
                new ModelFunctions(opener, shown, interrupts, device, Fault.NONE);
    }

    /** The functions of one cell. */
    CellFunctions functions(Shown shown, CellInterrupts interrupts, CellDevice device);

    /** A function that somebody named; {@code opener} takes it for driving, each time anew. */
    static CellPlace ofFunction(Supplier<PciFunction> opener) {
        return (shown, interrupts, device) -> new FoundFunction(opener);
    }

    static CellPlace of(Station station) {
        return (shown, interrupts, device) ->
                new StationFunctions(station, Matrix.words(shown, device));
    }
}
