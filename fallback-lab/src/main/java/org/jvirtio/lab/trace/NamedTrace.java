package org.jvirtio.lab.trace;

import java.util.List;
import org.jvirtio.trace.Trace;

/**
 * A trace whose accesses have names: which structure, which register, which bits.
 *
 * @param map where the function has its structures
 * @param accesses without the marks; each knows the index of its event
 */
record NamedTrace(Trace trace, StructureMap map, List<NamedAccess> accesses) {

    NamedTrace {
        accesses = List.copyOf(accesses);
    }

    static NamedTrace of(Trace trace) {
        return new Naming(trace).run();
    }
}
