package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real QEMU device, recorded through VFIO by the only process of a guest: the trace comes out by
 * its console. Fails where there is no QEMU, and says so.
 */
class TraceGuestTest {

    @TempDir private Path directory;

    @Test
    void aTraceComesOutOfAGuestAndKeepsEveryRule() throws IOException {
        new Tool("qemu-system-x86_64", "qemu-system-x86").find();
        CommandRun record =
                CommandRun.of(
                        "guest",
                        "--device",
                        "virtio-rng-pci,addr=4,disable-legacy=on",
                        "--",
                        "trace",
                        "record",
                        "vfio:0000:00:04.0",
                        "-o",
                        "-");
        assertEquals(ExitCode.DONE, record.exit(), record.all());
        Path file = Files.writeString(directory.resolve("guest.trace"), record.out());

        CommandRun rules = CommandRun.of("trace", "rules", file.toString());
        CommandRun print = CommandRun.of("trace", "print", file.toString());

        assertEquals(ExitCode.DONE, rules.exit(), rules.all());
        assertTrue(rules.out().contains("INI-01  kept"), rules.all());
        assertTrue(print.out().startsWith("vfio:0000:00:04.0"), print.all());
        assertTrue(print.out().contains("NOTIFY_CFG QUEUE_NOTIFY"), print.all());
    }
}
