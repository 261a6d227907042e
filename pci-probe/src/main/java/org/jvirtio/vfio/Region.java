package org.jvirtio.vfio;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/**
 * A region of a VFIO device: a BAR or the configuration space.
 *
 * @param size bytes; 0 if there is no such region. The bound of every access, whatever the BAR in
 *     the configuration space says
 * @param position of its first byte in the device file
 * @param mappable areas that may be mapped; all of it, parts, or nothing
 * @param msixMappable true if the MSI-X table may lie in a mapped area (it must not be touched)
 */
record Region(int index, long size, long position, List<Area> mappable, boolean msixMappable) {

    /** Index of the configuration space; BARs have 0 to 5. */
    static final int CONFIG = 7;

    private static final int SPARSE_MMAP = 1;
    private static final int MSIX_MAPPABLE = 3;

    /** Areas are separated by pages of a BAR; a device that needs more than this is mapped less. */
    private static final int MOST_AREAS = 64;

    /** Bytes of a region, from its start. */
    record Area(long offset, long size) {}

    /** Reads what the kernel filled in, up to the length of {@code info}. */
    static Region of(NativeMemory info) {
        int flags = info.read32(RegionInfoField.FLAGS.offset());
        long size = info.read64(RegionInfoField.SIZE.offset());
        int first =
                (flags & RegionInfoField.FLAG_CAPS) == 0
                        ? CapabilityChain.NONE
                        : info.read32(RegionInfoField.CAP_OFFSET.offset());
        List<Area> mappable = new ArrayList<>();
        if ((flags & RegionInfoField.FLAG_MMAP) != 0 && size > 0) {
            addAreas(mappable, info, first, size);
        }
        return new Region(
                info.read32(RegionInfoField.INDEX.offset()),
                size,
                info.read64(RegionInfoField.OFFSET.offset()),
                List.copyOf(mappable),
                CapabilityChain.find(info, first, MSIX_MAPPABLE, 0) != CapabilityChain.NONE);
    }

    /** True if all of a window may be mapped. Areas consist of whole pages. */
    boolean mayMap(long offset, long length) {
        for (Area area : mappable) {
            if (offset >= area.offset && offset - area.offset <= area.size - length) {
                return true;
            }
        }
        return false;
    }

    private static void addAreas(List<Area> areas, NativeMemory info, int first, long size) {
        int sparse = CapabilityChain.find(info, first, SPARSE_MMAP, SparseMmapField.LENGTH);
        if (sparse == CapabilityChain.NONE) {
            areas.add(new Area(0, size));
            return;
        }
        int count = info.read32(sparse + SparseMmapField.NR_AREAS.offset());
        long room = (info.length() - sparse - SparseMmapField.LENGTH) / SparseMmapField.AREA_LENGTH;
        for (int i = 0; i < Math.min(Math.min(count, room), MOST_AREAS); i++) {
            long at = sparse + (long) i * SparseMmapField.AREA_LENGTH;
            areas.add(
                    new Area(
                            info.read64(at + SparseMmapField.AREA_OFFSET.offset()),
                            info.read64(at + SparseMmapField.AREA_SIZE.offset())));
        }
    }
}
