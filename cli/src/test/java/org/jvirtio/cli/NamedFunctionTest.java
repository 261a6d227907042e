package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.serve.DeviceServer;

/**
 * {@code matrix} and {@code faults} on one function that somebody names, through every reach that
 * can drive one. Fails where there is no QEMU, and says so.
 */
@Timeout(120)
class NamedFunctionTest {

    @TempDir Path directory;

    private static void assertGreen(CommandRun run) {
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().matches("(?s).* [1-9]\\d* PASS.*"), run.all());
    }

    @Test
    void aModelOfTheUsersOwnOptions() {
        String name = "emulated:block,layout=transitional,queues=2";
        CommandRun run = CommandRun.of("matrix", name);
        assertGreen(run);
        assertTrue(run.out().contains("does not offer [RING_PACKED]"), run.all());
        assertGreen(CommandRun.of("matrix", name, "matrix/emulated/transitional/halves/block"));
        assertGreen(CommandRun.of("faults", name));
    }

    /** Its cases take turns, as they have one socket. */
    @Test
    void aModelWithASocketOfThisMachineBehindIt() {
        assertGreen(CommandRun.of("matrix", "emulated:console,socket=" + directory.resolve("s")));
    }

    @Test
    void oneCellOfItAloneByTheLineThatReproducesIt() {
        String id = "matrix/emulated/virtio1/auto,lenient/msix/split/plain/entropy";
        CommandRun run = CommandRun.of("matrix", "emulated:entropy", id);
        assertGreen(run);
        assertTrue(run.out().contains("1 PASS"), run.all());
    }

    @Test
    void aFunctionOfAQemuThatIsRunning() throws IOException {
        Path disk = directory.resolve("d.raw");
        try (RandomAccessFile made = new RandomAccessFile(disk.toFile(), "rw")) {
            made.setLength(1 << 20);
        }
        List<String> devices =
                List.of(
                        "-drive",
                        "if=none,format=raw,id=d,file=" + disk,
                        "-device",
                        "virtio-blk-pci,drive=d,addr=04.0,packed=on");
        try (QemuWithoutGuest qemu = QemuWithoutGuest.start(directory, devices)) {
            String name = "qtest:" + qemu.socket() + "@00:04.0";
            CommandRun cells = CommandRun.of("matrix", name);
            assertGreen(cells);
            assertTrue(cells.out().contains("matrix/qtest/transitional"), cells.all());
            CommandRun faults = CommandRun.of("faults", name);
            assertGreen(faults);
            assertTrue(faults.out().contains("faults/S4/qtest/transitional"), faults.all());
        }
    }

    @Test
    void aModelBehindASocket() {
        Path socket = directory.resolve("v.sock");
        try (DeviceServer server = new DeviceServer(line -> {})) {
            server.serve("block,layout=virtio1,size=1M,offer=all", socket);
            assertGreen(CommandRun.of("matrix", "vfio-user:" + socket));
            assertGreen(CommandRun.of("faults", "vfio-user:" + socket));
        }
    }

    @Test
    void aFunctionOfAGuestOverVfio() {
        CommandRun run =
                CommandRun.of(
                        "guest",
                        "--device",
                        "virtio-rng-pci,addr=4,disable-legacy=on,iommu_platform=on",
                        "--",
                        "matrix",
                        "vfio:0000:00:04.0",
                        "--policy",
                        "auto",
                        "--ring",
                        "split");
        assertGreen(run);
        assertTrue(run.out().contains("matrix/vfio/virtio1/auto/msix-shared/split"), run.all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "matrix emulated:block --layout legacy | a function shows what it shows",
                "matrix emulated:block --device net | a function shows what it shows",
                "matrix emulated:block --reach qtest | functions that are there already",
                "faults emulated:block --reach guest | functions that are there already",
                "matrix nothing:block | names no function",
                "faults dump:/no/such/file | /no/such/file",
            })
    void whatMakesNoSenseIsRefusedBeforeAnythingIsDriven(String typed, String said) {
        CommandRun run = CommandRun.of(typed.split(" "));
        assertTrue(run.exit() >= ExitCode.USAGE, run.all());
        assertTrue(run.err().contains(said), run.all());
        assertEquals("", run.out());
    }
}
