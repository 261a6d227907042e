package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/**
 * Which path leads to a function's device file: Linux Documentation/driver-api/vfio.rst, and what
 * kernels of different configuration show of it.
 */
class PathChoiceTest {

    private static final String ADDRESS = "0000:00:04.0";

    @TempDir private Path directory;
    private FakeMachine machine;

    @BeforeEach
    void machineWithoutAnything() {
        machine = new FakeMachine(directory);
    }

    private PathChoice choice(String name) {
        return PathChoice.of(machine.host(), VfioName.parse(name));
    }

    private Optional<VfioPath> path(String name) {
        return choice(name).path();
    }

    private String line(VfioPath path) {
        String start = "path " + path.label() + ": ";
        return choice(ADDRESS).lines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private FakeMachine newKernel() {
        return machine.iommu().vfioLoaded().kernelWithCdev().file("iommu").function(ADDRESS, 5);
    }

    @Test
    void aKernelWithBothTakesTheDeviceFile() {
        newKernel();
        assertEquals(Optional.of(VfioPath.CDEV), path(ADDRESS));
        assertTrue(
                line(VfioPath.CDEV).startsWith("path cdev: chosen: IOMMU group 5"),
                line(VfioPath.CDEV));
        assertTrue(line(VfioPath.GROUP).contains("cdev goes before"), line(VfioPath.GROUP));
    }

    @Test
    void aKernelWithoutDeviceFilesTakesTheGroup() {
        machine.iommu().vfioLoaded().function(ADDRESS, 5);
        assertEquals(Optional.of(VfioPath.GROUP), path(ADDRESS));
        String why = line(VfioPath.CDEV);
        assertTrue(why.contains("kernel 6.12.0-test does not list vfio-dev"), why);
        assertTrue(why.contains("CONFIG_VFIO_DEVICE_CDEV"), why);
    }

    @Test
    void withoutTheModuleOfIommufdTheGroupIsTaken() {
        machine.iommu().vfioLoaded().kernelWithCdev().function(ADDRESS, 5);
        assertEquals(Optional.of(VfioPath.GROUP), path(ADDRESS));
        assertTrue(line(VfioPath.CDEV).endsWith("modprobe iommufd"), line(VfioPath.CDEV));
    }

    @Test
    void aFileThatThisUserMayNotOpenIsNoPath() {
        machine.iommu().vfioLoaded().kernelWithCdev().closedFile("iommu").function(ADDRESS, 5);
        assertEquals(Optional.of(VfioPath.GROUP), path(ADDRESS));
        assertTrue(line(VfioPath.CDEV).contains("permission denied"), line(VfioPath.CDEV));
        assertTrue(line(VfioPath.CDEV).contains("chown $USER /dev/iommu"), line(VfioPath.CDEV));
    }

    @Test
    void theFunctionsOwnFileIsLookedAtOnceVfioPciHasIt() {
        newKernel().bound(ADDRESS, "vfio0");
        assertEquals(Optional.empty(), path(ADDRESS));
        assertTrue(line(VfioPath.CDEV).contains("/dev/vfio/devices/vfio0"), line(VfioPath.CDEV));
        assertTrue(line(VfioPath.GROUP).contains("/dev/vfio/5"), line(VfioPath.GROUP));
        machine.closedFile("vfio/devices/vfio0").file("vfio/5");
        assertEquals(Optional.of(VfioPath.GROUP), path(ADDRESS));
    }

    @Test
    void thePathThatWasAskedForIsTakenOrNone() {
        newKernel();
        assertEquals(Optional.of(VfioPath.GROUP), path(ADDRESS + ",path=group"));
        assertEquals(Optional.of(VfioPath.CDEV), path(ADDRESS + ",path=cdev"));
        assertEquals(Optional.empty(), path(ADDRESS + ",path=noiommu"));
    }

    @Test
    void doingWithoutAnIommuIsNeverChosenByItself() {
        machine.vfioLoaded().noIommuMode("Y").function(ADDRESS, -1);
        assertEquals(Optional.empty(), path(ADDRESS));
        assertEquals(Optional.of(VfioPath.NOIOMMU), path(ADDRESS + ",path=noiommu"));
        String line = line(VfioPath.NOIOMMU);
        assertTrue(line.contains("never chosen by itself: ask with ,path=noiommu"), line);
    }

    @Test
    void aModeThatIsSwitchedOffIsNotSwitchedOnByUs() {
        machine.vfioLoaded().noIommuMode("N").function(ADDRESS, -1);
        assertEquals(Optional.empty(), path(ADDRESS + ",path=noiommu"));
        String line = line(VfioPath.NOIOMMU);
        assertTrue(line.contains("enable_unsafe_noiommu_mode is N"), line);
        assertTrue(line.contains("echo Y >"), line);
    }

    @Test
    void whereAnIommuStandsNobodyDoesWithoutIt() {
        newKernel().noIommuMode("Y");
        assertEquals(Optional.empty(), path(ADDRESS + ",path=noiommu"));
    }

    /** The group that VFIO makes for it is no sign of an IOMMU. */
    @Test
    void aFunctionTakenBeforeWithoutAnIommuIsInNoRealGroup() {
        machine.vfioLoaded().kernelWithCdev().file("iommu").noIommuMode("Y");
        machine.function(ADDRESS, -1).groupMadeByVfio(ADDRESS, 0).bound(ADDRESS, "vfio0");
        machine.file("vfio/noiommu-0");
        assertEquals(Optional.of(VfioPath.NOIOMMU), path(ADDRESS + ",path=noiommu"));
        assertEquals(Optional.empty(), path(ADDRESS));
    }

    @Test
    void aFunctionWithoutAnIommuIsRefusedWithWaysOut() {
        machine.vfioLoaded().function(ADDRESS, -1);
        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> choice(ADDRESS).require());
        assertTrue(e.getMessage().contains("0000:00:04.0 is in no IOMMU group"), e.getMessage());
        assertTrue(e.getMessage().contains("intel_iommu=on"), e.getMessage());
        assertTrue(e.getMessage().contains("sysfs:0000:00:04.0"), e.getMessage());
        assertTrue(e.getMessage().contains("path noiommu: not 'the kernel can"), e.getMessage());
    }

    @Test
    void aRefusalOfWhatWasAskedForSpeaksOfThatAlone() {
        machine.iommu().vfioLoaded().function(ADDRESS, 5);
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class, () -> choice(ADDRESS + ",path=cdev").require());
        assertTrue(e.getMessage().contains("path cdev cannot be had"), e.getMessage());
        assertFalse(e.getMessage().contains("path group"), e.getMessage());
    }

    @Test
    void ofAMachineTheIommusAreCounted() {
        machine.iommu().vfioLoaded();
        PathChoice choice = PathChoice.ofMachine(machine.host());
        assertEquals(Optional.of(VfioPath.GROUP), choice.path());
        assertTrue(choice.lines().get(1).contains("lists 1;"), choice.lines().get(1));
    }
}
