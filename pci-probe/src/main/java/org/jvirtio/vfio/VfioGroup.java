package org.jvirtio.vfio;

import java.nio.charset.StandardCharsets;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsEntry;

/**
 * An IOMMU group: the functions that the IOMMU cannot tell apart, and which are therefore given to
 * a process together or not at all.
 */
final class VfioGroup implements AutoCloseable {

    private final int number;
    private final VfioFile file;

    private VfioGroup(int number, VfioFile file) {
        this.number = number;
        this.file = file;
    }

    /**
     * Opens the group of a function and checks that all of it is free.
     *
     * @throws EnvironmentException if it is in none, in use or not free
     */
    static VfioGroup of(SysfsBus bus, PciAddress address, IommuType type) {
        int number = number(bus, address);
        VfioGroup group = new VfioGroup(number, new VfioFile(openFile(type.groupFile(number))));
        try {
            group.requireViable(bus);
            return group;
        } catch (EnvironmentException e) {
            group.close();
            throw e;
        }
    }

    private static int number(SysfsBus bus, PciAddress address) {
        return bus.entry(address)
                .iommuGroup()
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "opening "
                                                + address
                                                + " through VFIO: it is in no group, though"
                                                + " vfio-pci has it. The kernel log (dmesg) may"
                                                + " say why."));
    }

    private static Descriptor openFile(String path) {
        int fd = Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw cannotOpen(path, fd);
        }
        return new Descriptor(fd, path);
    }

    static EnvironmentException cannotOpen(String path, int result) {
        return new EnvironmentException(
                "opening " + path + ": " + Errno.describe(result) + ". " + nextStep(result, path));
    }

    private static String nextStep(int result, String path) {
        if (Errno.EBUSY.is(result)) {
            return "A program has this group already, perhaps through another function of it;"
                    + " one at a time can. End that use.";
        }
        return Errno.ENOENT.is(result)
                ? "No function of the group is with vfio-pci. Bind one, and mount devtmpfs at /dev."
                : "Run as root, or give this user the right: chown $USER " + path;
    }

    private void requireViable(SysfsBus bus) {
        try (NativeMemory status = NativeMemory.allocate(GroupStatusField.LENGTH)) {
            status.write32(GroupStatusField.ARGSZ.offset(), GroupStatusField.LENGTH);
            file.request(VfioRequest.GROUP_GET_STATUS, status, "Bind its functions to vfio-pci.");
            int flags = status.read32(GroupStatusField.FLAGS.offset());
            if ((flags & GroupStatusField.FLAG_VIABLE) == 0) {
                throw notViable(bus, number);
            }
        }
    }

    /** Names the functions that keep a group from being given away. */
    static EnvironmentException notViable(SysfsBus bus, int number) {
        StringBuilder blockers = new StringBuilder();
        for (SysfsEntry member : bus.group(number)) {
            String driver = member.driver().orElse("vfio-pci");
            if (!driver.equals("vfio-pci")) {
                blockers.append(blockers.length() == 0 ? "" : ", ");
                blockers.append(member.address()).append(" (").append(driver).append(')');
            }
        }
        return new EnvironmentException(
                String.format(
                        "opening IOMMU group %d: it is not viable, a kernel driver still has %s."
                                + " Bind those to vfio-pci too, or put the device into a slot of"
                                + " its own.",
                        number, blockers.length() == 0 ? "one of its functions" : blockers));
    }

    /** Puts the group's functions into the address space of {@code container}. */
    void attach(VfioContainer container) {
        try (NativeMemory fd = NativeMemory.allocate(Integer.BYTES)) {
            fd.write32(0, container.file().descriptor().fd());
            file.request(
                    VfioRequest.GROUP_SET_CONTAINER,
                    fd,
                    "Load the module vfio_iommu_type1, and end other uses of the group.");
        }
    }

    /** Opens one function of the group. */
    VfioDevice device(PciAddress address) {
        VfioFile device = new VfioFile(new Descriptor(deviceFd(address), "vfio:" + address));
        try {
            return new VfioDevice(device);
        } catch (EnvironmentException e) {
            device.close();
            throw e;
        }
    }

    private int deviceFd(PciAddress address) {
        byte[] name = address.toString().getBytes(StandardCharsets.US_ASCII);
        try (NativeMemory text = NativeMemory.allocate(name.length + 1)) {
            text.copyFrom(0, name, 0, name.length);
            return file.request(
                    VfioRequest.GROUP_GET_DEVICE_FD,
                    text,
                    "Bind " + address + " to vfio-pci; the kernel log (dmesg) may say more.");
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
