package org.jvirtio.vfio;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/** An I/O address space of iommufd ({@code linux/iommufd.h}, IOAS). */
final class Ioas implements AddressSpace, AutoCloseable {

    private static final String REPORT =
            "This kernel's iommufd does not answer as documented; its log (dmesg) may say why.";

    /** More than any IOMMU has; with more the kernel refuses and says so. */
    private static final int MOST_RANGES = 1024;

    private final VfioFile iommufd;
    private final int id;

    private Ioas(VfioFile iommufd, int id) {
        this.iommufd = iommufd;
        this.id = id;
    }

    static Ioas allocate(VfioFile iommufd) {
        try (NativeMemory alloc = NativeMemory.allocate(IoasAllocField.LENGTH)) {
            alloc.write32(IoasAllocField.SIZE.offset(), IoasAllocField.LENGTH);
            iommufd.request(VfioRequest.IOMMU_IOAS_ALLOC, alloc, REPORT);
            return new Ioas(iommufd, alloc.read32(IoasAllocField.OUT_IOAS_ID.offset()));
        }
    }

    /** What a device is attached to. */
    int id() {
        return id;
    }

    /** Narrower once a device is attached: its IOMMU then has a say. */
    @Override
    public IovaRanges ranges() {
        try (NativeMemory list =
                        NativeMemory.allocate(MOST_RANGES * IoasIovaRangesField.RANGE_LENGTH);
                NativeMemory ranges = NativeMemory.allocate(IoasIovaRangesField.LENGTH)) {
            ranges.write32(IoasIovaRangesField.SIZE.offset(), IoasIovaRangesField.LENGTH);
            ranges.write32(IoasIovaRangesField.IOAS_ID.offset(), id);
            ranges.write32(IoasIovaRangesField.NUM_IOVAS.offset(), MOST_RANGES);
            ranges.write64(IoasIovaRangesField.ALLOWED_IOVAS.offset(), list.address());
            iommufd.request(VfioRequest.IOMMU_IOAS_IOVA_RANGES, ranges, REPORT);
            int count = ranges.read32(IoasIovaRangesField.NUM_IOVAS.offset());
            return new IovaRanges(read(list, Math.min(count, MOST_RANGES)));
        }
    }

    private static List<IovaRanges.Range> read(NativeMemory list, int count) {
        List<IovaRanges.Range> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = (long) i * IoasIovaRangesField.RANGE_LENGTH;
            ranges.add(new IovaRanges.Range(list.read64(at), list.read64(at + Long.BYTES)));
        }
        return ranges;
    }

    @Override
    public void map(NativeMemory memory, long iova) {
        try (NativeMemory map = NativeMemory.allocate(IoasMapField.LENGTH)) {
            map.write32(IoasMapField.SIZE.offset(), IoasMapField.LENGTH);
            map.write32(
                    IoasMapField.FLAGS.offset(),
                    IoasMapField.FLAG_FIXED_IOVA
                            | IoasMapField.FLAG_WRITEABLE
                            | IoasMapField.FLAG_READABLE);
            map.write32(IoasMapField.IOAS_ID.offset(), id);
            map.write64(IoasMapField.USER_VA.offset(), memory.address());
            map.write64(IoasMapField.LENGTH_BYTES.offset(), memory.length());
            map.write64(IoasMapField.IOVA.offset(), iova);
            int result = iommufd.tryRequest(VfioRequest.IOMMU_IOAS_MAP, map);
            if (result < 0) {
                throw AddressSpace.cannotMap(memory, iova, result);
            }
        }
    }

    @Override
    public void unmap(long iova, long length) {
        try (NativeMemory unmap = NativeMemory.allocate(IoasUnmapField.LENGTH)) {
            unmap.write32(IoasUnmapField.SIZE.offset(), IoasUnmapField.LENGTH);
            unmap.write32(IoasUnmapField.IOAS_ID.offset(), id);
            unmap.write64(IoasUnmapField.IOVA.offset(), iova);
            unmap.write64(IoasUnmapField.LENGTH_BYTES.offset(), length);
            iommufd.request(
                    VfioRequest.IOMMU_IOAS_UNMAP,
                    unmap,
                    "The memory stays with the device: restart.");
        }
    }

    /** Gives the space back, with whatever is mapped still; no device may be attached any more. */
    @Override
    public void close() {
        try (NativeMemory destroy = NativeMemory.allocate(IommuDestroyField.LENGTH)) {
            destroy.write32(IommuDestroyField.SIZE.offset(), IommuDestroyField.LENGTH);
            destroy.write32(IommuDestroyField.ID.offset(), id);
            iommufd.request(VfioRequest.IOMMU_DESTROY, destroy, REPORT);
        }
    }
}
