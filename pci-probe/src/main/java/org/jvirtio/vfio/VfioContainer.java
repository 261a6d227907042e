package org.jvirtio.vfio;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;

/** What groups are put into, so that all their functions see one address space. */
final class VfioContainer implements AutoCloseable {

    private static final String PATH = "/dev/vfio/vfio";

    private final VfioFile file;
    private final IommuType type;

    private VfioContainer(VfioFile file, IommuType type) {
        this.file = file;
        this.type = type;
    }

    /** Opens an empty container and checks that the kernel offers what we use. */
    static VfioContainer open(IommuType type) {
        Descriptor descriptor =
                Descriptor.open(
                        PATH,
                        Libc.O_RDWR,
                        "Load the modules vfio_iommu_type1 and vfio-pci (modprobe), mount devtmpfs"
                                + " at /dev, and run as root or with the right to this file.");
        VfioContainer container = new VfioContainer(new VfioFile(descriptor), type);
        try {
            container.requireType();
            return container;
        } catch (EnvironmentException e) {
            container.close();
            throw e;
        }
    }

    private void requireType() {
        int version = file.tryRequest(VfioRequest.GET_API_VERSION, 0);
        int offered = file.tryRequest(VfioRequest.CHECK_EXTENSION, type.number());
        if (version != 0 || offered != 1) {
            throw new EnvironmentException(
                    String.format(
                            "opening %s: API version %d where 0 is known, %s %s. %s",
                            PATH,
                            version,
                            type,
                            offered == 1 ? "offered" : "not offered",
                            type.remedy()));
        }
    }

    VfioFile file() {
        return file;
    }

    /** Chooses how devices reach memory; a group must be attached. */
    void start() {
        int result = file.tryRequest(VfioRequest.SET_IOMMU, type.number());
        if (result < 0) {
            throw file.failure(
                    VfioRequest.SET_IOMMU,
                    result,
                    Errno.EPERM.is(result)
                            ? "The IOMMU does not remap interrupts: give QEMU's intel-iommu"
                                    + " intremap=on, or load vfio_iommu_type1 with"
                                    + " allow_unsafe_interrupts=1."
                            : "The kernel log (dmesg) may say why.");
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
