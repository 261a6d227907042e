package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * What a function in a guest can be refused for: each with its message, and afterwards nothing is
 * bound that was not, and nothing of VFIO is open or mapped. One boot for all of it, and one of a
 * machine without an IOMMU. {@link BadInputOfGuestTest} has what needs none that runs.
 */
class BadInputGuestTest {

    @TempDir private static Path directory;

    private static final Map<String, String[]> TOLD = new LinkedHashMap<>();
    private static GuestImage image;

    @BeforeAll
    static void askForAllOfIt() throws IOException {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        image = images.image(images.debianKernel(), GuestRehearsal.words());
        Path disk = Files.write(directory.resolve("disk.raw"), new byte[1 << 20]);
        List<String> devices =
                List.of(
                        "-device virtio-rng-pci,addr=2.0",
                        "-device virtio-rng-pci,addr=4.0,multifunction=on",
                        "-device pci-serial,addr=4.1",
                        "-drive if=none,id=ro,format=raw,readonly=on,file=" + disk,
                        "-device virtio-blk-pci,addr=5.0,drive=ro",
                        "-drive if=none,id=bad,format=raw,file.driver=blkdebug"
                                + ",file.image.driver=null-co,file.image.size=1M"
                                + ",file.inject-error.0.event=read_aio"
                                + ",file.inject-error.0.errno=5",
                        "-device virtio-blk-pci,addr=6.0,drive=bad");
        List<String> words = new ArrayList<>();
        devices.forEach(device -> words.addAll(List.of(device.split(" ", 2))));
        GuestJob job =
                new GuestJob(
                        BadInputProgram.class.getName(),
                        List.of(
                                "unknown=vfio:00:1e.7",
                                "in-use=vfio:00:04.1",
                                "not-viable=vfio:00:04.0",
                                "twice=vfio:00:02.0",
                                "bar=vfio:00:02.0",
                                "past=vfio:00:05.0",
                                "read-only=vfio:00:05.0",
                                "error=vfio:00:06.0"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        GuestResult result =
                new QemuGuest(GuestMachine.with(words), image).run(job, stream, stream);
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(0, result.exitCode(), () -> text + result);
        text.lines().map(line -> line.split("\\|", 5)).forEach(cells -> TOLD.put(cells[0], cells));
    }

    private static void refused(String name, String kind, String... parts) {
        String[] cells = TOLD.get(name);
        String all = String.join(" | ", cells);
        assertEquals(kind, cells[1], all);
        assertEquals("0 open, 0 mapped", cells[2], all);
        assertEquals(TOLD.get("before")[3], cells[3], all);
        for (String part : parts) {
            assertTrue(cells[4].contains(part), "'" + part + "' in: " + all);
        }
    }

    @Test
    void unknownAddress() {
        refused("unknown", "EnvironmentException", "0000:00:1e.7", "0000:00:02.0", "Name one");
    }

    @Test
    void functionBoundToADriver() {
        refused("in-use", "EnvironmentException", "0000:00:04.1", "serial has it", "Unbind it: ");
    }

    @Test
    void groupNotViable() {
        refused(
                "not-viable",
                "EnvironmentException",
                "it is not viable",
                "0000:00:04.1 (serial)",
                "a slot of its own");
    }

    @Test
    void groupThatAProgramHasAlready() {
        refused("twice", "EnvironmentException", "EBUSY", "End that use");
    }

    @Test
    void barThatCannotBeMapped() {
        refused("bar", "EnvironmentException", "VFIO gives 0x", "lspci -vv");
    }

    @Test
    void readPastTheCapacity() {
        refused("past", "RequestException", "2 sectors from sector 2047: the disk has 2048");
    }

    @Test
    void readOnlyDisk() {
        refused("read-only", "RequestException", "read-only (feature RO)", "Use one that is not");
    }

    @Test
    void errorStatusOfADisk() {
        refused("error", "RequestException", "sector 0", "IOERR");
    }

    /** The same image on a machine without an IOMMU, which the command never makes. */
    @Test
    void noIommuGroup() throws IOException {
        GuestJob job = new GuestJob(BadInputProgram.class.getName(), List.of("none=vfio:00:02.0"));
        List<String> command =
                new ArrayList<>(
                        GuestMachine.with(List.of("-device", "virtio-rng-pci,addr=2.0"))
                                .command(image, job));
        int iommu = command.indexOf("intel-iommu,intremap=on,caching-mode=on");
        command.subList(iommu - 1, iommu + 1).clear();
        command.addAll(0, List.of("timeout", "-s", "KILL", "120"));
        Process qemu =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String text = new String(qemu.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("none|EnvironmentException|0 open, 0 mapped|"), text);
        assertTrue(text.contains("0000:00:02.0 is in no IOMMU group. Boot with an IOMMU"), text);
        assertTrue(text.contains("Without interrupts there is sysfs:0000:00:02.0"), text);
    }
}
