package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code run --reach qtest}: the devices of a real QEMU without a guest, in every layout. Fails
 * where there is no QEMU, and says so.
 */
class QtestRunTest {

    @Test
    void verifiesTheRowsOfTheGuestWithoutOne() throws IOException {
        CommandRun run = CommandRun.of("run", "--reach", "qtest", "-o", "json");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        Map<String, Object> tree = JSON.std.mapFrom(run.out());
        assertEquals("qtest", ((Map<?, ?>) tree.get("about")).get("reach"), run.all());
        List<?> rows = (List<?>) tree.get("rows");
        assertEquals(new RunPlan().orders().size(), count(rows, "function", "qtest:.*"));
        for (String layout : List.of("virtio1", "virtio1 through PCI_CFG", "legacy", "refused")) {
            assertTrue(count(rows, "layout", layout) > 0, layout + " in\n" + run.out());
        }
        assertTrue(count(rows, "ring", "packed") > 0, run.out());
        assertTrue(count(rows, "interrupts", "INTX") > 0, run.out());
        assertEquals(rows.size(), count(rows, "verified", "true"), run.out());
    }

    /** A pc needs more of its firmware than a q35: nobody else leads its pins anywhere. */
    @Test
    void theUsersOwnArgumentsChangeTheMachineAndAddDevices() {
        CommandRun run =
                CommandRun.of(
                        "run",
                        "--reach",
                        "qtest",
                        "--",
                        "-machine",
                        "pc",
                        "-device",
                        "virtio-balloon-pci,addr=1e");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("also there, qtest:"), run.all());
        assertTrue(run.out().contains("balloon"), run.all());
    }

    @Test
    void argumentsForQemuWithoutAReachThatTakesThemAreRefused() {
        CommandRun run = CommandRun.of("run", "--embedded", "--", "-machine", "pc");
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains("--reach qtest"), run.all());
    }

    private static long count(List<?> rows, String field, String pattern) {
        return rows.stream()
                .map(row -> String.valueOf(((Map<?, ?>) row).get(field)))
                .filter(value -> value.matches(pattern))
                .collect(Collectors.counting());
    }

    @Test
    void aReachThatARunHasNotIsRefused() {
        CommandRun run = CommandRun.of("run", "--reach", "dump");
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains("qtest"), run.all());
    }
}
