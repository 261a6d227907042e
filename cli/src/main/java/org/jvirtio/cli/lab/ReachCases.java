package org.jvirtio.cli.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jvirtio.lab.LabCase;

/**
 * What one command has to try, for each kind of device there is: the models, and QEMU's with what
 * QEMU has to be told so that it makes them. Making cases opens nothing.
 */
interface ReachCases {

    /** For one attempt at one case. */
    Duration limit();

    List<LabCase> onModels();

    /** On models that are put elsewhere. */
    List<LabCase> onServed(ModelPlace place);

    /**
     * On functions that somebody named; they are looked at, and nothing is written.
     *
     * @param typed all their names, as people type them
     */
    List<LabCase> onFunctions(List<NamedFunction> functions, String typed);

    List<LabCase> onQemu(QemuPlace place);

    /** For the devices of {@link #onQemu}; whatever is behind them is made in {@code directory}. */
    List<String> qemuArguments(Path directory);

    /** What makes the cases of {@link #onQemu} again inside a guest, by class. */
    GuestCaseList guestList();

    /** For {@link #guestList}. */
    List<String> guestArguments();
}
