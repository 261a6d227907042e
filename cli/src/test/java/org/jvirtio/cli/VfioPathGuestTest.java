package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * The paths of VFIO (Linux Documentation/driver-api/vfio.rst) under Debian's kernel, which has
 * groups and nothing else: what a kernel lacks is said, not tried.
 */
class VfioPathGuestTest {

    private static final String FUNCTION = "vfio:0000:00:02.0";

    @Test
    void aKernelThatHasOnlyGroupsTakesTheGroupAndSaysWhatItLacks() {
        String text =
                printed(
                        machine(),
                        VfioPathProgram.class,
                        FUNCTION,
                        FUNCTION + ",path=group",
                        FUNCTION + ",path=cdev",
                        FUNCTION + ",path=noiommu");

        assertEquals(2, count(text, "  taken: path group: chosen"), text);
        assertEquals(1, count(text, "  taken: path group: chosen, as asked: IOMMU group"), text);
        assertTrue(text.contains("path=cdev: path cdev cannot be had"), text);
        assertTrue(text.contains("does not list vfio-dev in /proc/devices. Use a kernel"), text);
        assertTrue(text.contains("path=noiommu: path noiommu cannot be had"), text);
        assertTrue(text.contains("CONFIG_VFIO_NOIOMMU"), text);
    }

    @Test
    void withoutAnIommuNothingIsTakenThatNobodyAskedFor() {
        String text = printed(machine().withoutIommu(), VfioPathProgram.class, FUNCTION);

        assertTrue(text.contains(FUNCTION + ": no path can be had"), text);
        assertTrue(text.contains("path group: not 'an IOMMU stands before the function'"), text);
        assertTrue(text.contains("sysfs:0000:00:02.0"), text);
    }

    @Test
    void theDoctorHasARowForEachPathAndOneForTheChoice() {
        String text = printed(machine(), GuestMain.class, "doctor");

        assertTrue(text.contains("no  VFIO path cdev: not 'the kernel gives each"), text);
        assertTrue(text.contains("yes VFIO path group: chosen: "), text);
        assertTrue(text.contains("no  VFIO path noiommu: not 'the kernel can do"), text);
        assertTrue(text.contains("yes VFIO path unless asked otherwise: group"), text);
        assertTrue(text.contains("virtio function 0000:00:02.0: driver none, VFIO path g"), text);
    }

    private static GuestMachine machine() {
        return GuestMachine.with(List.of("-device", "virtio-rng-pci,addr=2.0"));
    }

    private static String printed(
            GuestMachine machine, Class<? extends GuestProgram> program, String... arguments) {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        GuestResult result =
                new QemuGuest(machine, images.image(images.debianKernel(), GuestRehearsal.words()))
                        .run(new GuestJob(program.getName(), List.of(arguments)), out, out);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, result.exitCode(), () -> text + result);
        return text;
    }

    private static long count(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).count();
    }
}
