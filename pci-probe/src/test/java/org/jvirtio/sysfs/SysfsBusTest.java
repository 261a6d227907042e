package org.jvirtio.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** Listing functions, without touching them. */
class SysfsBusTest {

    @TempDir private Path directory;

    @Test
    void listsFunctionsByAddressWithDriverAndGroup() {
        FakeSysfs sysfs =
                new FakeSysfs(directory)
                        .function("0000:00:05.0", "", -1)
                        .function("0000:00:04.0", "virtio-pci", 7);
        PciAddress four = new PciAddress(0, 0, 4, 0);
        PciAddress five = new PciAddress(0, 0, 5, 0);
        assertEquals(
                List.of(
                        new SysfsEntry(
                                four, 0x1af4, 0x1042, Optional.of("virtio-pci"), OptionalInt.of(7)),
                        new SysfsEntry(
                                five, 0x1af4, 0x1042, Optional.empty(), OptionalInt.empty())),
                sysfs.bus().list());
        assertTrue(sysfs.written.isEmpty());
    }

    @Test
    void anUnknownAddressIsRefusedWithTheOnesThereAre() {
        SysfsBus bus = new FakeSysfs(directory).function("0000:00:04.0", "", -1).bus();
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class, () -> bus.entry(PciAddress.parse("00:09.0")));
        assertTrue(e.getMessage().contains("0000:00:09.0"), e.getMessage());
        assertTrue(e.getMessage().contains("has 0000:00:04.0"), e.getMessage());
    }

    @Test
    void aMachineWithoutPciHasAnEmptyList() {
        assertEquals(List.of(), new SysfsBus(directory, directory).list());
    }

    @Test
    void membersOfAGroupAreFoundByItsNumber() {
        SysfsBus bus =
                new FakeSysfs(directory)
                        .function("0000:00:08.0", "", 3)
                        .function("0000:00:08.1", "", 3)
                        .function("0000:00:09.0", "", 4)
                        .bus();
        assertEquals(2, bus.group(3).size());
    }

    @Test
    void anIommuInIdentityModeDoesNotTranslate() {
        FakeSysfs sysfs =
                new FakeSysfs(directory)
                        .function("0000:00:04.0", "", 1)
                        .function("0000:00:05.0", "", -1)
                        .function("0000:00:06.0", "", 2)
                        .attribute("0000:00:06.0", "iommu_group/type", "identity");
        assertTrue(sysfs.bus().translates(PciAddress.parse("00:04.0")));
        assertFalse(sysfs.bus().translates(PciAddress.parse("00:05.0")));
        assertFalse(sysfs.bus().translates(PciAddress.parse("00:06.0")));
    }

    @Test
    void addressesAreReadAsLinuxAndLspciWriteThem() {
        assertEquals("0000:00:04.0", PciAddress.parse("00:04.0").toString());
        assertEquals("10000:e1:1f.7", PciAddress.parse("10000:e1:1f.7").toString());
        assertThrows(IllegalArgumentException.class, () -> PciAddress.parse("0000:00:20.0"));
        assertThrows(IllegalArgumentException.class, () -> PciAddress.parse("0000:00:04.8"));
        for (String none :
                List.of("", "4", "00:04", "0:04.0", "000:00:04.0", "00:+4.0", "fffffff:00:04.0")) {
            assertThrows(IllegalArgumentException.class, () -> PciAddress.parse(none), none);
        }
    }
}
