package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code run --embedded}: every layout on the models, without QEMU and without root. */
class EmbeddedRunTest {

    @Test
    void verifiesEveryRowAndSaysSo() {
        CommandRun run = CommandRun.of("run", "--embedded");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().endsWith("all rows verified\n"), run.all());
    }

    @Test
    void givesTheSameRowsAsJson() throws IOException {
        CommandRun run = CommandRun.of("run", "--embedded", "-o", "json");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        Map<String, Object> tree = JSON.std.mapFrom(run.out());
        assertEquals(true, tree.get("verified"));
        List<?> rows = (List<?>) tree.get("rows");
        assertEquals(64, rows.size(), "sixteen ways to be driven, for four kinds of device");
        for (Object row : rows) {
            assertEquals(true, ((Map<?, ?>) row).get("verified"), row.toString());
        }
    }

    @Test
    void drivesTheThreeDevicesOfTheMailThroughTheirRegisterSets() {
        CommandRun run = CommandRun.of("run", "--embedded");
        for (String device : List.of("mail-transitional", "mail-fast-isr", "mail-slow-isr")) {
            assertTrue(
                    run.out()
                            .lines()
                            .anyMatch(
                                    line ->
                                            line.startsWith("emulated:block,layout=" + device + " ")
                                                    && line.contains("register-set")
                                                    && line.contains("yes, ")),
                    device + "\n" + run.all());
        }
    }

    @Test
    void saysOfEveryRowWhichRingWasUsed() {
        CommandRun run = CommandRun.of("run", "--embedded");
        for (String device : List.of("entropy", "block", "net")) {
            String name = "emulated:" + device + ",layout=virtio1";
            assertTrue(has(run, name + " .* split .*yes, .*"), run.all());
            assertTrue(has(run, name + ",ring=packed .* packed .*yes, .*"), run.all());
        }
    }

    private static boolean has(CommandRun run, String row) {
        return run.out().lines().anyMatch(line -> line.matches(row));
    }
}
