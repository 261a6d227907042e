package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * What is said of Linux, beside what the kernel in the guest does: four types of device, each
 * transitional, virtio 1.x alone and legacy alone. QEMU makes no device that has neither.
 */
class KernelCheckGuestTest {

    private static final List<String> MODULES =
            List.of("virtio_pci", "virtio_blk", "virtio_net", "virtio-rng", "virtio_console");

    private static final List<String> LAYOUTS =
            List.of(",disable-legacy=off", ",disable-legacy=on", ",disable-modern=on");

    @Test
    void theKernelDoesWhatIsSaidOfIt() {
        List<String> devices = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        for (int i = 0; i < LAYOUTS.size(); i++) {
            int slot = 2 + 4 * i;
            String layout = LAYOUTS.get(i);
            devices.addAll(
                    List.of(
                            "-drive",
                            "if=none,format=raw,file.driver=null-co,file.size=1M"
                                    + ",file.read-zeroes=on,id=disk"
                                    + i,
                            "-device",
                            "virtio-blk-pci,drive=disk" + i + address(slot, functions) + layout,
                            "-device",
                            "virtio-net-pci" + address(slot + 1, functions) + layout,
                            "-device",
                            "virtio-rng-pci" + address(slot + 2, functions) + layout,
                            "-device",
                            "virtio-serial-pci" + address(slot + 3, functions) + layout));
        }
        assertEquals(
                List.of(
                        "block transitional: virtio1, virtio1, bit 32 set, modern half",
                        "network transitional: virtio1, virtio1, bit 32 set, modern half",
                        "entropy transitional: virtio1, virtio1, bit 32 set, modern half",
                        "console transitional: virtio1, virtio1, bit 32 set, modern half",
                        "block non-transitional: virtio1, virtio1, bit 32 set, modern half",
                        "network non-transitional: virtio1, virtio1, bit 32 set, modern half",
                        "entropy non-transitional: virtio1, virtio1, bit 32 set, modern half",
                        "console non-transitional: virtio1, virtio1, bit 32 set, modern half",
                        "block transitional: legacy, legacy, bit 32 clear, legacy half",
                        "network transitional: legacy, legacy, bit 32 clear, legacy half",
                        "entropy transitional: legacy, legacy, bit 32 clear, legacy half",
                        "console transitional: legacy, legacy, bit 32 clear, legacy half"),
                lookAt(devices, functions));
    }

    private static String address(int slot, List<String> functions) {
        functions.add(String.format("0000:00:%02x.0", slot));
        return ",addr=" + Integer.toHexString(slot);
    }

    private static List<String> lookAt(List<String> devices, List<String> functions) {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        QemuGuest guest =
                new QemuGuest(
                        GuestMachine.with(devices),
                        images.image(images.debianKernel(MODULES), GuestRehearsal.words()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        GuestResult result =
                guest.run(new GuestJob(KernelCheckProgram.class.getName(), functions), out, out);
        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, result.exitCode(), () -> text + result);
        return text.lines().toList();
    }
}
