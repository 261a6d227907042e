package org.jvirtio.cli.lab;

import java.util.List;
import java.util.Map;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.report.CaseRunner;

/**
 * The cases of a command at one reach.
 *
 * @param runner brings the devices up, runs cases on them, and takes all down again
 * @param about what a report says besides; complete once the runner is through
 */
record Reached(List<LabCase> cases, CaseRunner runner, Map<String, String> about) {

    /** The same, counted or watched by another runner. */
    Reached through(CaseRunner other) {
        return new Reached(cases, other, about);
    }
}
