package org.jvirtio.lab.faults;

import java.util.List;

/**
 * A fault that a driver stack must survive.
 *
 * @param id for ever: {@code C1}
 * @param first true if it is one of those that a first release has to survive
 * @param sentence what the device does
 * @param source where such a device was met, or the clause
 * @param injections the ways to inject it
 * @param why the reaction is not what one may think, or another in some layouts; or empty
 * @param skipped why it cannot be injected here; empty if it can
 */
record FaultRow(
        String id,
        boolean first,
        String sentence,
        String source,
        List<Injection> injections,
        String why,
        String skipped) {

    FaultRow {
        injections = List.copyOf(injections);
    }
}
