package org.jvirtio.lab;

import java.util.List;

/**
 * What came of one case.
 *
 * @param id of the case
 * @param outcome how it ended
 * @param expected what had to be seen, in words: {@code REFUSE}, {@code status reads 0}
 * @param seen what was seen, with values in hex and units; for {@link Outcome#SKIP} the reason
 * @param reproduce a command line that does it again
 * @param trace the register accesses that led there, one a line; empty if nothing went wrong
 */
public record CaseResult(
        String id,
        Outcome outcome,
        String expected,
        String seen,
        String reproduce,
        List<String> trace) {

    public CaseResult {
        trace = List.copyOf(trace);
    }

    /** The same, where another command line does it again. */
    public CaseResult reproducedBy(String command) {
        return new CaseResult(id, outcome, expected, seen, command, trace);
    }
}
