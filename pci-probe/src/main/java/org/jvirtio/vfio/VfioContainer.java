package org.jvirtio.vfio;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;
import org.jvirtio.memory.NativeMemory;

/** The address space that the functions of a group see: which memory lies at which I/O address. */
final class VfioContainer implements AutoCloseable {

    private static final String PATH = "/dev/vfio/vfio";
    private static final int TYPE1V2 = 3;
    private static final int INFO_BYTES = 4096;

    private final VfioFile file;

    private VfioContainer(VfioFile file) {
        this.file = file;
    }

    /** Opens an empty address space and checks that the kernel offers what we use. */
    static VfioContainer open() {
        int fd = Libc.open(PATH, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw new EnvironmentException(
                    "opening "
                            + PATH
                            + ": "
                            + Errno.describe(fd)
                            + ". Load the modules vfio_iommu_type1 and vfio-pci (modprobe), mount"
                            + " devtmpfs at /dev, and run as root or with the right to this file.");
        }
        VfioContainer container = new VfioContainer(new VfioFile(new Descriptor(fd, PATH)));
        try {
            container.requireType1();
            return container;
        } catch (EnvironmentException e) {
            container.close();
            throw e;
        }
    }

    private void requireType1() {
        int version = file.tryRequest(VfioRequest.GET_API_VERSION, 0);
        int type1 = file.tryRequest(VfioRequest.CHECK_EXTENSION, TYPE1V2);
        if (version != 0 || type1 != 1) {
            throw new EnvironmentException(
                    "opening "
                            + PATH
                            + ": API version "
                            + version
                            + " where 0 is known, TYPE1v2 "
                            + (type1 == 1 ? "offered" : "not offered")
                            + ". Load the module vfio_iommu_type1.");
        }
    }

    Descriptor descriptor() {
        return file.descriptor();
    }

    /** Chooses the IOMMU's way of mapping; a group must be attached. */
    void start() {
        int result = file.tryRequest(VfioRequest.SET_IOMMU, TYPE1V2);
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

    /** The I/O addresses that may be mapped. */
    IovaRanges ranges() {
        try (NativeMemory info = NativeMemory.allocate(INFO_BYTES)) {
            info.write32(IommuInfoField.ARGSZ.offset(), INFO_BYTES);
            file.request(VfioRequest.IOMMU_GET_INFO, info, "The kernel log (dmesg) may say why.");
            return IovaRanges.of(info);
        }
    }

    /** Pins memory and lets the device reach it at {@code iova}. */
    void map(NativeMemory memory, long iova) {
        int result = tryMap(memory, iova);
        if (result < 0) {
            throw new EnvironmentException(
                    String.format(
                            "mapping 0x%x bytes for DMA at I/O address 0x%x: %s. %s",
                            memory.length(),
                            iova,
                            Errno.describe(result),
                            Errno.ENOMEM.is(result)
                                    ? "Raise the limit of locked memory (ulimit -l), or run as"
                                            + " root."
                                    : "The kernel log (dmesg) may say why."));
        }
    }

    private int tryMap(NativeMemory memory, long iova) {
        try (NativeMemory map = NativeMemory.allocate(DmaMapField.LENGTH)) {
            map.write32(DmaMapField.ARGSZ.offset(), DmaMapField.LENGTH);
            map.write32(DmaMapField.FLAGS.offset(), DmaMapField.FLAG_READ | DmaMapField.FLAG_WRITE);
            map.write64(DmaMapField.VADDR.offset(), memory.address());
            map.write64(DmaMapField.IOVA.offset(), iova);
            map.write64(DmaMapField.SIZE.offset(), memory.length());
            return file.tryRequest(VfioRequest.IOMMU_MAP_DMA, map);
        }
    }

    /** Takes memory from the device again. */
    void unmap(long iova, long length) {
        try (NativeMemory unmap = NativeMemory.allocate(DmaUnmapField.LENGTH)) {
            unmap.write32(DmaUnmapField.ARGSZ.offset(), DmaUnmapField.LENGTH);
            unmap.write64(DmaUnmapField.IOVA.offset(), iova);
            unmap.write64(DmaUnmapField.SIZE.offset(), length);
            file.request(
                    VfioRequest.IOMMU_UNMAP_DMA,
                    unmap,
                    "The memory stays with the device: restart.");
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
