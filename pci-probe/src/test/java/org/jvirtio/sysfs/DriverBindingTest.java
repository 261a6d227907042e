package org.jvirtio.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;
import org.jvirtio.sysfs.DriverBinding.Permission;

/** A function is taken from its driver only when nobody uses it, and given back as found. */
class DriverBindingTest {

    private static final String NAME = "0000:00:04.0";
    private static final PciAddress ADDRESS = PciAddress.parse(NAME);

    @TempDir private Path directory;
    private FakeSysfs sysfs;

    @BeforeEach
    void aFunctionWithItsDriver() {
        sysfs = new FakeSysfs(directory).function(NAME, "virtio-pci", 1).driver("vfio-pci");
    }

    private DriverBinding take(Permission permission) {
        return DriverBinding.take(sysfs.bus(), ADDRESS, "vfio-pci", permission);
    }

    private Optional<String> driver() {
        return sysfs.bus().entry(ADDRESS).driver();
    }

    private void assertRefused(Permission permission, String... parts) {
        EnvironmentException e = assertThrows(EnvironmentException.class, () -> take(permission));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
        assertEquals(List.of(), sysfs.written);
        assertEquals(Optional.of("virtio-pci"), driver());
    }

    @Test
    void takesTheFunctionAndGivesItBackToTheDriverThatHadIt() {
        DriverBinding binding = take(Permission.FROM_ITS_DRIVER);
        assertEquals(Optional.of("vfio-pci"), driver());
        assertEquals(Optional.of("virtio-pci"), binding.previous());
        binding.close();
        assertEquals(Optional.of("virtio-pci"), driver());
        String device = "bus/pci/devices/" + NAME;
        assertEquals(
                List.of(
                        device + "/driver/unbind = " + NAME,
                        device + "/driver_override = vfio-pci",
                        "bus/pci/drivers_probe = " + NAME,
                        device + "/driver/unbind = " + NAME,
                        device + "/driver_override = ",
                        "bus/pci/drivers/virtio-pci/bind = " + NAME),
                sysfs.written);
    }

    @Test
    void anUnboundFunctionIsUnboundAgainAfterwards() {
        sysfs.function("0000:00:05.0", "", 1);
        PciAddress five = PciAddress.parse("00:05.0");
        DriverBinding.take(sysfs.bus(), five, "vfio-pci", Permission.UNBOUND).close();
        assertEquals(Optional.empty(), sysfs.bus().entry(five).driver());
    }

    @Test
    void nothingIsWrittenWhenTheDriverHasItAlready() {
        sysfs.function("0000:00:05.0", "vfio-pci", 1);
        PciAddress five = PciAddress.parse("00:05.0");
        DriverBinding.take(sysfs.bus(), five, "vfio-pci", Permission.UNBOUND).close();
        assertEquals(List.of(), sysfs.written);
    }

    /**
     * Hot-unplug under QEMU: the kernel asks for the function, we close it, and it disappears
     * between unbinding it and clearing its override, which then failed with ENOENT.
     */
    @Test
    void aFunctionThatVanishesWhileItIsGivenBackIsNoError() {
        DriverBinding binding = take(Permission.FROM_ITS_DRIVER);
        sysfs.unplugOnUnbind = true;
        binding.close();
        assertTrue(sysfs.bus().list().isEmpty());
    }

    @Test
    void anOverrideThatWasThereComesBack() {
        sysfs.attribute(NAME, "driver_override", "virtio-pci");
        take(Permission.FROM_ITS_DRIVER).close();
        assertTrue(
                sysfs.written.contains("bus/pci/devices/" + NAME + "/driver_override = virtio-pci"),
                sysfs.written::toString);
    }

    @Test
    void withoutPermissionADriverKeepsItsFunction() {
        assertRefused(Permission.UNBOUND, "virtio-pci has it", "permission");
    }

    @Test
    void aMountedPartitionIsInUse() {
        sysfs.disk(NAME, "vda", "254:0")
                .disk(NAME, "vda1", "254:1")
                .procFile("self/mountinfo", "22 1 254:1 / / rw - ext4 /dev/root rw");
        assertRefused(Permission.FROM_ITS_DRIVER, "disk vda1 is mounted");
    }

    /**
     * The number there is one of btrfs itself, since it may have several disks; a mounted one was
     * taken away.
     */
    @Test
    void aMountedDiskOfBtrfsIsInUse() {
        sysfs.disk(NAME, "vda", "254:0")
                .procFile("self/mountinfo", "22 1 0:25 / /mnt rw shared:1 - btrfs /dev/vda rw,ssd");
        assertRefused(Permission.FROM_ITS_DRIVER, "disk vda is mounted");
    }

    /** Of the disks of one file system the list of mounts names one. */
    @Test
    void everyDiskOfAMountedBtrfsIsInUse() {
        sysfs.disk(NAME, "vdb", "254:16")
                .btrfsDisk("vdb")
                .procFile("self/mountinfo", "22 1 0:25 / /mnt rw shared:1 - btrfs /dev/vda rw,ssd");
        assertRefused(Permission.FROM_ITS_DRIVER, "disk vdb is mounted");
    }

    @Test
    void aDiskWhoseNameOnlyBeginsLikeAMountedOneIsFree() {
        sysfs.disk(NAME, "vda", "254:0")
                .procFile("self/mountinfo", "22 1 0:25 / /mnt rw - btrfs /dev/vda1:/dev/vdb rw");
        take(Permission.FROM_ITS_DRIVER);
        assertEquals(Optional.of("vfio-pci"), driver());
    }

    @Test
    void aDiskThatIsHeldIsInUse() {
        sysfs.disk(NAME, "vda", "254:0").holder(NAME, "vda", "dm-0");
        assertRefused(Permission.FROM_ITS_DRIVER, "disk vda is held by dm-0");
    }

    @Test
    void aDiskThatIsSwappedToIsInUse() {
        sysfs.disk(NAME, "vda", "254:0")
                .procFile("swaps", "Filename Type Size\n/dev/vda partition 1024 0 -2");
        assertRefused(Permission.FROM_ITS_DRIVER, "disk vda is swapped to");
    }

    @Test
    void aNetworkInterfaceThatIsUpIsInUse() {
        sysfs.network(NAME, "eth0", "0x1003");
        assertRefused(Permission.FROM_ITS_DRIVER, "network interface eth0 is up");
    }

    @Test
    void whatIsIdleOrBelongsToAnotherFunctionIsNotInTheWay() {
        sysfs.function("0000:00:05.0", "virtio-pci", 2)
                .disk("0000:00:05.0", "vdb", "254:16")
                .disk(NAME, "vda", "254:0")
                .network(NAME, "eth0", "0x1002")
                .procFile("self/mountinfo", "22 1 254:16 / / rw - ext4 /dev/vdb rw");
        take(Permission.FROM_ITS_DRIVER);
        assertEquals(Optional.of("vfio-pci"), driver());
    }

    @Test
    void aDriverThatIsNotLoadedIsNamedWithTheCommandThatLoadsIt() {
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () ->
                                DriverBinding.take(
                                        sysfs.bus(),
                                        ADDRESS,
                                        "uio_pci_generic",
                                        Permission.FROM_ITS_DRIVER));
        assertTrue(e.getMessage().contains("modprobe uio_pci_generic"), e.getMessage());
        assertEquals(List.of(), sysfs.written);
    }

    @Test
    void aDriverThatDoesNotTakeItLeavesTheFunctionAsItWas() {
        sysfs.driver("stubborn");
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class,
                        () ->
                                DriverBinding.take(
                                        sysfs.bus(),
                                        ADDRESS,
                                        "stubborn",
                                        Permission.FROM_ITS_DRIVER));
        assertTrue(e.getMessage().contains("nobody has it"), e.getMessage());
        assertEquals(Optional.of("virtio-pci"), driver());
    }

    /** The kernel refused the probe after the driver was gone, and nobody had the function then. */
    @Test
    void aKernelThatRefusesOnTheWayLeavesTheFunctionAsItWas() {
        sysfs.refused = "drivers_probe";
        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> take(Permission.FROM_ITS_DRIVER));
        assertTrue(e.getMessage().contains("drivers_probe: EINVAL"), e.getMessage());
        assertEquals(Optional.of("virtio-pci"), driver());
        assertTrue(
                sysfs.written.contains("bus/pci/devices/" + NAME + "/driver_override = "),
                sysfs.written::toString);
    }
}
