package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The main job, for real: QEMU, a Linux kernel, and a JVM as its only process. Fails where there is
 * no QEMU, and says so.
 */
class GuestRunTest {

    @Test
    void drivesEveryDeviceOfTheGuestThroughEveryLayout() throws IOException {
        new Tool("qemu-system-x86_64", "qemu-system-x86").find();
        CommandRun run = CommandRun.of("run", "-o", "json");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        List<?> rows = (List<?>) JSON.std.mapFrom(run.out()).get("rows");
        long driven = rows.stream().filter(row -> function(row).startsWith("vfio:")).count();
        assertEquals(40, driven, "rows over VFIO\n" + run.all());
        for (Object row : rows) {
            assertEquals(true, ((Map<?, ?>) row).get("verified"), row.toString());
        }
    }

    @Test
    void runsAnyCommandInsideAGuest() {
        CommandRun run = CommandRun.of("guest", "--", "probe");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("1af4:"), run.all());
    }

    private static String function(Object row) {
        return (String) ((Map<?, ?>) row).get("function");
    }
}
