package org.jvirtio.vfio;

import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Mapping;
import org.jvirtio.linux.PageMap;
import org.jvirtio.memory.NativeMemory;

/**
 * All of the machine's memory, each byte at its physical address: what a device sees that no IOMMU
 * stands before. Nothing can be mapped, so mapping only checks that the memory lies there already.
 */
final class PhysicalSpace implements AddressSpace {

    @Override
    public IovaRanges ranges() {
        return new IovaRanges(List.of(new IovaRanges.Range(0, Long.MAX_VALUE)));
    }

    @Override
    public void map(NativeMemory memory, long iova) {
        for (long offset = 0; offset < memory.length(); offset += Mapping.PAGE) {
            long physical = PageMap.physicalAddress(memory.address() + offset, Mapping.PAGE);
            if (physical != iova + offset) {
                throw new EnvironmentException(
                        String.format(
                                "giving a device without an IOMMU memory at 0x%x: that page lies at"
                                        + " the physical address 0x%x, and nothing translates."
                                        + " Reserve huge pages, whose place is known: echo 64 >"
                                        + " /proc/sys/vm/nr_hugepages",
                                iova + offset, physical));
            }
        }
    }

    @Override
    public void unmap(long iova, long length) {
        // The device could reach it before, and can still: only its reset ends that.
    }
}
