package org.jvirtio.sysfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jvirtio.EnvironmentException;

/** The PCI functions of a machine, as {@code /sys/bus/pci} lists them. Listing writes nothing. */
public final class SysfsBus {

    private final Path sys;
    private final Path proc;
    private final Kernel kernel;

    /** Takes what is written to an attribute. */
    interface Kernel {
        void write(Path attribute, String text);
    }

    private static final class RunningKernel implements Kernel {
        @Override
        public void write(Path attribute, String text) {
            Attribute.write(attribute, text);
        }
    }

    /** The bus of this machine. */
    public SysfsBus() {
        this(Path.of("/sys"), Path.of("/proc"));
    }

    /** A bus whose trees are elsewhere. */
    public SysfsBus(Path sys, Path proc) {
        this(sys, proc, new RunningKernel());
    }

    SysfsBus(Path sys, Path proc, Kernel kernel) {
        this.sys = sys;
        this.proc = proc;
        this.kernel = kernel;
    }

    /** All functions, by address. */
    public List<SysfsEntry> list() {
        List<SysfsEntry> entries = new ArrayList<>();
        for (String name : names()) {
            entries.add(entry(PciAddress.parse(name)));
        }
        return entries;
    }

    /**
     * One function.
     *
     * @throws EnvironmentException if there is none at {@code address}, with those there are
     */
    public SysfsEntry entry(PciAddress address) {
        Path directory = directory(address);
        if (!Files.isDirectory(directory)) {
            throw unknown(address);
        }
        return new SysfsEntry(
                address,
                Integer.decode(Attribute.read(directory.resolve("vendor"))),
                Integer.decode(Attribute.read(directory.resolve("device"))),
                named(Attribute.linkName(directory.resolve("driver"))),
                group(Attribute.linkName(directory.resolve("iommu_group"))));
    }

    /** The functions of an IOMMU group, by address. */
    public List<SysfsEntry> group(int iommuGroup) {
        List<SysfsEntry> members = new ArrayList<>();
        for (SysfsEntry entry : list()) {
            if (entry.iommuGroup().equals(OptionalInt.of(iommuGroup))) {
                members.add(entry);
            }
        }
        return members;
    }

    /** True if an IOMMU stands between this function and memory and changes addresses. */
    public boolean translates(PciAddress address) {
        Path group = directory(address).resolve("iommu_group");
        return Files.exists(group) && !Attribute.read(group.resolve("type")).equals("identity");
    }

    /**
     * The name that VFIO gave a function's own device, {@code vfio0}; empty while vfio-pci does not
     * have the function, or if the kernel is too old for such names.
     */
    public Optional<String> vfioDevice(PciAddress address) {
        String[] names = directory(address).resolve("vfio-dev").toFile().list();
        return names == null ? Optional.empty() : Arrays.stream(names).findFirst();
    }

    /** What the kernel calls a function's IOMMU group; empty if that has no name. */
    public String groupName(PciAddress address) {
        return Attribute.read(directory(address).resolve("iommu_group/name"));
    }

    Path directory(PciAddress address) {
        return sys.resolve("bus/pci/devices").resolve(address.toString());
    }

    Path driverDirectory(String driver) {
        return sys.resolve("bus/pci/drivers").resolve(driver);
    }

    Path sys() {
        return sys;
    }

    Path proc() {
        return proc;
    }

    void write(Path attribute, String text) {
        kernel.write(attribute, text);
    }

    private List<String> names() {
        String[] names = sys.resolve("bus/pci/devices").toFile().list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return List.of(names);
    }

    private EnvironmentException unknown(PciAddress address) {
        List<String> names = names();
        String found = names.isEmpty() ? "no function at all" : String.join(", ", names);
        return new EnvironmentException(
                "looking for the PCI function "
                        + address
                        + ": "
                        + sys
                        + "/bus/pci/devices has "
                        + found
                        + ". Name one of those, or add the device to the machine.");
    }

    private static Optional<String> named(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private static OptionalInt group(String name) {
        return name.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(name));
    }
}
