package org.jvirtio.cli.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.cli.bench.block.ServedDisk;

/** Clients of a server in a process of its own, in minutes that are shorter than others. */
class SoakTest {

    private static final Duration SHORT_MINUTE = Duration.ofMillis(600);

    private final List<String> progress = new ArrayList<>();

    @Test
    void clientsComeReadAndGoAndTheServerIsLookedAt(@TempDir Path directory) {
        Path image = ServedDisk.makeImage(directory, 1);
        try (ServedDisk disk = ServedDisk.serve(directory, image, "layout=virtio1")) {
            SoakFindings findings =
                    new Soak(
                                    () -> disk.visit(32, 0.02),
                                    () -> ServerMemory.of(disk.server().pid()),
                                    progress::add,
                                    SHORT_MINUTE)
                            .run(2);

            assertEquals(List.of(), findings.failures());
            assertEquals(12, findings.clients());
            assertTrue(findings.requests() > 12 * 32, () -> findings.requests() + " reads");
            assertTrue(findings.samples().get(0).residentKib() > 64 * 1024, "less than its heap");
            long between =
                    findings.samples().get(1).descriptors()
                            - findings.samples().get(0).descriptors();
            assertTrue(between < 6, () -> between + " descriptors more after six more clients");
            assertEquals(2, progress.size());
        }
    }

    @Test
    void aClientThatFailsIsCountedAndTheNextOneComes() {
        int[] clients = new int[1];
        SoakFindings findings =
                new Soak(
                                () -> {
                                    if (++clients[0] == 3) {
                                        throw new DeviceBrokenException("it is gone");
                                    }
                                    return 10;
                                },
                                () -> new ServerMemory(1, 1, 1),
                                progress::add,
                                Duration.ofMillis(6))
                        .run(2);

        assertEquals(12, findings.clients());
        assertEquals(110, findings.requests());
        assertEquals(List.of("it is gone"), findings.failures());
    }
}
