package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.sysfs.PciAddress;

/** What the host tells a guest of its machine is what its programs ask VFIO for. */
class GuestVfioTest {

    private static final String ADDRESS = "0000:00:04.0";
    private static final GuestMachine MACHINE = GuestMachine.with(List.of());

    @AfterEach
    void clear() {
        System.clearProperty("jvirtio.vfio.path");
    }

    @Test
    void behindAnIommuThePathIsChosen() {
        tell(GuestVfio.jvmOptions(MACHINE));
        assertEquals("vfio:" + ADDRESS, GuestVfio.name(PciAddress.parse(ADDRESS)).toString());
        assertEquals("vfio:" + ADDRESS, GuestVfio.name(MACHINE, ADDRESS).toString());
    }

    @Test
    void withoutAnIommuThePathThatDoesWithoutIsAskedFor() {
        String name = "vfio:" + ADDRESS + ",path=noiommu";
        tell(GuestVfio.jvmOptions(MACHINE.withoutIommu()));
        assertEquals(name, GuestVfio.name(PciAddress.parse(ADDRESS)).toString());
        assertEquals(name, GuestVfio.name(MACHINE.withoutIommu(), ADDRESS).toString());
    }

    /** As a JVM does that is started with them. */
    private static void tell(List<String> jvmOptions) {
        for (String option : jvmOptions) {
            String[] property = option.replaceFirst("^-D", "").split("=", 2);
            System.setProperty(property[0], property[1]);
        }
    }
}
