package org.jvirtio.lab.report;

import java.util.List;
import java.util.function.Consumer;
import org.jvirtio.lab.LabCase;

/** Runs cases somewhere: in this process, in a guest. */
public interface CaseRunner {

    /**
     * Runs all of {@code cases} and returns when each is through.
     *
     * @param each takes every case once it is through; one call at a time, from any thread, in any
     *     order
     * @return one for each case, in their order
     */
    List<ReportedCase> run(List<LabCase> cases, Consumer<ReportedCase> each);
}
