package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.linux.Errno;
import org.jvirtio.sysfs.SysfsBus;

/** What keeps a function from being opened through VFIO, by name. */
class VfioGroupTest {

    @TempDir private Path directory;

    private void function(String address, String driver, String group) throws IOException {
        Path device = directory.resolve("bus/pci/devices").resolve(address);
        Files.createDirectories(device);
        Files.writeString(device.resolve("vendor"), "0x1af4\n");
        Files.writeString(device.resolve("device"), "0x1042\n");
        link(device.resolve("driver"), driver);
        link(device.resolve("iommu_group"), group);
    }

    private void link(Path link, String name) throws IOException {
        if (!name.isEmpty()) {
            Path target = directory.resolve(name);
            Files.createDirectories(target);
            Files.createSymbolicLink(link, target);
        }
    }

    @Test
    void theBlockersOfAGroupAreNamedWithTheirDrivers() throws IOException {
        function("0000:00:08.0", "vfio-pci", "5");
        function("0000:00:08.1", "virtio-pci", "5");
        function("0000:00:08.2", "", "5");
        function("0000:00:09.0", "e1000e", "6");
        SysfsBus bus = new SysfsBus(directory, directory);
        String message = VfioGroup.notViable(bus, 5).getMessage();
        assertTrue(message.contains("0000:00:08.1 (virtio-pci)"), message);
        assertFalse(message.contains("08.0"), message);
        assertFalse(message.contains("08.2"), message);
        assertFalse(message.contains("e1000e"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "EACCES, permission denied). Run as root, or give this user the right: chown $USER",
        "EBUSY, busy). A program has this group already",
        "ENOENT, directory). No function of the group is with vfio-pci. Bind one"
    })
    void whyTheFileOfAGroupCannotBeOpenedDecidesWhatToDo(Errno errno, String told) {
        String message = VfioGroup.cannotOpen("/dev/vfio/5", -errno.number()).getMessage();
        assertTrue(message.startsWith("opening /dev/vfio/5: " + errno), message);
        assertTrue(message.contains(told), message);
    }
}
