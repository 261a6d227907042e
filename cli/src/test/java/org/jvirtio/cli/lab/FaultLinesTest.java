package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.report.CaseRun;

/** The table of {@code faults --table}. */
class FaultLinesTest {

    @Test
    void aCaseThatNeverCameBackHasALineToo() {
        List<LabCase> cases = new AwkwardCases().cases(List.of()).subList(0, 3);
        FaultLines lines = new FaultLines(new CaseRun(1, Duration.ofMillis(300), 0));
        lines.run(cases, each -> {});
        assertEquals(4, lines.lines().size(), lines.lines().toString());
        assertTrue(lines.lines().get(2).startsWith("WEDGED   hangs"), lines.lines().toString());
    }
}
