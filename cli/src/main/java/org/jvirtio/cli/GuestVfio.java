package org.jvirtio.cli;

import java.util.List;
import java.util.Optional;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.vfio.VfioFunction;
import org.jvirtio.vfio.VfioName;
import org.jvirtio.vfio.VfioPath;

/**
 * How a program in a guest comes to the functions of its machine. Without an IOMMU VFIO gives a
 * function only to those who ask for the path without one; the host, which knows, tells the JVM.
 */
public final class GuestVfio {

    private static final String PATH = "jvirtio.vfio.path";

    private GuestVfio() {}

    /** On the host: the name of a function for a program that is given names. */
    public static VfioName name(GuestMachine machine, String address) {
        return new VfioName(PciAddress.parse(address), path(machine));
    }

    /** On the host: what the JVM is told for a program that makes its names itself. */
    public static List<String> jvmOptions(GuestMachine machine) {
        return path(machine).map(path -> "-D" + PATH + "=" + path.label()).stream().toList();
    }

    private static Optional<VfioPath> path(GuestMachine machine) {
        return machine.iommu() ? Optional.empty() : Optional.of(VfioPath.NOIOMMU);
    }

    /** In the guest: the name of a function. */
    public static VfioName name(PciAddress address) {
        return new VfioName(
                address, Optional.ofNullable(System.getProperty(PATH)).map(VfioPath::parse));
    }

    /** In the guest: takes a function that no driver of the kernel's has. */
    public static PciFunction open(PciAddress address) {
        return VfioFunction.open(new SysfsBus(), name(address), DriverBinding.Permission.UNBOUND);
    }
}
