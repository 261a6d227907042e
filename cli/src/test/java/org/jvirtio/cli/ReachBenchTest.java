package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.cli.bench.report.Cell;

/** {@code bench reach}: short rounds, at every reach for real. */
@Timeout(120)
class ReachBenchTest {

    private static CommandRun run(String reaches) {
        String[] words = {
            "bench",
            "reach",
            "--reach",
            reaches,
            "--rounds",
            "2",
            "--seconds",
            "0.05",
            "--warm-up",
            "0.1",
            "--size",
            "1",
            "-o",
            "json"
        };
        return CommandRun.of(words);
    }

    private static List<?> cells(CommandRun run) throws IOException {
        return (List<?>) JSON.std.mapFrom(run.out()).get("cells");
    }

    @Test
    void everyReachIsMeasuredBesideTheFirst() throws IOException {
        CommandRun run = run("emulated,vfio-user,qtest");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        List<?> cells = cells(run);
        assertEquals(9, cells.size(), run.all());
        Map<?, ?> first = (Map<?, ?>) ((Map<?, ?>) cells.get(0)).get("samples");
        Map<?, ?> last = (Map<?, ?>) ((Map<?, ?>) cells.get(8)).get("samples");
        assertEquals(List.of(Cell.OURS), List.copyOf(first.keySet()));
        assertEquals(List.of(Cell.OURS, "emulated"), List.copyOf(last.keySet()));
        for (Object sample : (List<?>) last.get(Cell.OURS)) {
            assertTrue(((Number) sample).doubleValue() > 0, run.all());
        }
    }

    @Test
    void aGuestSaysItsRounds() throws IOException {
        CommandRun run = run("vfio");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals(3, cells(run).size(), run.all());
        Map<?, ?> inputs = (Map<?, ?>) JSON.std.mapFrom(run.out()).get("inputs");
        assertTrue(inputs.containsKey("guest kernel"), run.all());
    }
}
