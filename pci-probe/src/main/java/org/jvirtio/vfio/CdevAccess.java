package org.jvirtio.vfio;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;

/**
 * A function had from its own device file, and an address space had from iommufd (Linux {@code
 * Documentation/userspace-api/iommufd.rst}). The file gives nothing away before it is bound.
 *
 * <pre>
 *   /dev/iommu, /dev/vfio/devices/vfio0 --&gt; BIND --&gt; IOAS_ALLOC --&gt; ATTACH --&gt; as any device file
 * </pre>
 */
final class CdevAccess implements VfioAccess {

    private static final String IOMMUFD = "/dev/iommu";

    private final VfioFile iommufd;
    private final Ioas space;
    private final VfioDevice device;

    private CdevAccess(VfioFile iommufd, Ioas space, VfioDevice device) {
        this.iommufd = iommufd;
        this.space = space;
        this.device = device;
    }

    static VfioAccess open(SysfsBus bus, PciAddress address) {
        String path = "/dev/vfio/devices/" + fileName(bus, address);
        OpenFiles opened = new OpenFiles();
        try {
            VfioFile iommufd = opened.add(file(IOMMUFD, "Load the module iommufd (modprobe)."));
            VfioFile file = opened.add(file(path, "Run as root, or give this user the right."));
            bind(file, iommufd);
            Ioas space = Ioas.allocate(iommufd);
            attach(file, space);
            return new CdevAccess(iommufd, space, new VfioDevice(file));
        } catch (RuntimeException e) {
            throw opened.closeAfter(e);
        }
    }

    private static String fileName(SysfsBus bus, PciAddress address) {
        return bus.vfioDevice(address)
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        "looking for the device file of "
                                                + address
                                                + ": /sys/bus/pci/devices/"
                                                + address
                                                + "/vfio-dev names none, though vfio-pci has the"
                                                + " function. Take the other path: vfio:"
                                                + address
                                                + ",path=group"));
    }

    private static VfioFile file(String path, String next) {
        return new VfioFile(Descriptor.open(path, Libc.O_RDWR, next));
    }

    private static void bind(VfioFile device, VfioFile iommufd) {
        try (NativeMemory bind = NativeMemory.allocate(BindIommufdField.LENGTH)) {
            bind.write32(BindIommufdField.ARGSZ.offset(), BindIommufdField.LENGTH);
            bind.write32(BindIommufdField.IOMMUFD.offset(), iommufd.descriptor().fd());
            int result = device.tryRequest(VfioRequest.DEVICE_BIND_IOMMUFD, bind);
            if (result < 0) {
                throw device.failure(VfioRequest.DEVICE_BIND_IOMMUFD, result, nextStep(result));
            }
        }
    }

    private static String nextStep(int result) {
        // Linux drivers/vfio/vfio_main.c: a device file that is bound twice gives EINVAL.
        if (Errno.EBUSY.is(result) || Errno.EINVAL.is(result)) {
            return "A program has this function or another of its group; one at a time can. End"
                    + " that use.";
        }
        return Errno.EPERM.is(result)
                ? "The IOMMU does not remap interrupts: give QEMU's intel-iommu intremap=on, or"
                        + " load iommufd with allow_unsafe_interrupts=1."
                : "The kernel log (dmesg) may say why; or take the other path: path=group.";
    }

    private static void attach(VfioFile device, Ioas space) {
        try (NativeMemory attach = NativeMemory.allocate(AttachIommufdField.LENGTH)) {
            attach.write32(AttachIommufdField.ARGSZ.offset(), AttachIommufdField.LENGTH);
            attach.write32(AttachIommufdField.PT_ID.offset(), space.id());
            int result = device.tryRequest(VfioRequest.DEVICE_ATTACH_IOMMUFD_PT, attach);
            if (result < 0) {
                throw device.failure(
                        VfioRequest.DEVICE_ATTACH_IOMMUFD_PT, result, nextStep(result));
            }
        }
    }

    @Override
    public VfioDevice device() {
        return device;
    }

    @Override
    public AddressSpace addressSpace() {
        return space;
    }

    /** Closing the device file detaches and unbinds it; only then the space can be given back. */
    @Override
    public void close() {
        device.close();
        try {
            space.close();
        } finally {
            iommufd.close();
        }
    }
}
