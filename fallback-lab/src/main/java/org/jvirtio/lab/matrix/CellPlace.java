package org.jvirtio.lab.matrix;

import org.jvirtio.lab.Station;

/** Where the functions of cells come from: models made for each, or a station that has them. */
interface CellPlace {

    CellPlace MODELS = ModelFunctions::new;

    /** The functions of one cell. */
    CellFunctions functions(ShownLayout shown, CellInterrupts interrupts, CellDevice device);

    static CellPlace of(Station station) {
        return (shown, interrupts, device) ->
                new StationFunctions(station, Matrix.words(shown, device));
    }
}
