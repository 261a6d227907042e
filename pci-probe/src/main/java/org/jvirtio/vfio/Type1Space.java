package org.jvirtio.vfio;

import org.jvirtio.memory.NativeMemory;

/** The address space of a container that was started with {@link IommuType#TYPE1V2}. */
final class Type1Space implements AddressSpace {

    private static final int INFO_BYTES = 4096;

    private final VfioFile container;

    Type1Space(VfioFile container) {
        this.container = container;
    }

    @Override
    public IovaRanges ranges() {
        try (NativeMemory info = NativeMemory.allocate(INFO_BYTES)) {
            info.write32(IommuInfoField.ARGSZ.offset(), INFO_BYTES);
            container.request(
                    VfioRequest.IOMMU_GET_INFO, info, "The kernel log (dmesg) may say why.");
            return IovaRanges.of(info);
        }
    }

    @Override
    public void map(NativeMemory memory, long iova) {
        try (NativeMemory map = NativeMemory.allocate(DmaMapField.LENGTH)) {
            map.write32(DmaMapField.ARGSZ.offset(), DmaMapField.LENGTH);
            map.write32(DmaMapField.FLAGS.offset(), DmaMapField.FLAG_READ | DmaMapField.FLAG_WRITE);
            map.write64(DmaMapField.VADDR.offset(), memory.address());
            map.write64(DmaMapField.IOVA.offset(), iova);
            map.write64(DmaMapField.SIZE.offset(), memory.length());
            int result = container.tryRequest(VfioRequest.IOMMU_MAP_DMA, map);
            if (result < 0) {
                throw AddressSpace.cannotMap(memory, iova, result);
            }
        }
    }

    @Override
    public void unmap(long iova, long length) {
        try (NativeMemory unmap = NativeMemory.allocate(DmaUnmapField.LENGTH)) {
            unmap.write32(DmaUnmapField.ARGSZ.offset(), DmaUnmapField.LENGTH);
            unmap.write64(DmaUnmapField.IOVA.offset(), iova);
            unmap.write64(DmaUnmapField.SIZE.offset(), length);
            container.request(
                    VfioRequest.IOMMU_UNMAP_DMA,
                    unmap,
                    "The memory stays with the device: restart.");
        }
    }
}
