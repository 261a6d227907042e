package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Mapping;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfio.CapabilityChain;
import org.jvirtio.vfio.RegionInfoField;
import org.jvirtio.vfio.SparseMmapField;

/**
 * What a server says about a region (vfio-user, VFIO_USER_DEVICE_GET_REGION_INFO), checked.
 *
 * @param size bytes; 0 if there is no such region. The bound of every access
 * @param position of its first byte in {@code file}
 * @param file what is to be mapped; null if nothing may be
 * @param mappable areas that may be mapped: all of it, or parts
 */
record RegionInfo(int index, long size, long position, Descriptor file, List<Area> mappable)
        implements AutoCloseable {

    /** Index of the configuration space; BARs have 0 to 5. */
    static final int CONFIG = 7;

    private static final int SPARSE_MMAP = 1;

    /** Bytes of a region, from its start. */
    record Area(long offset, long size) {}

    /**
     * Reads the reply that a session has.
     *
     * @throws org.jvirtio.DeviceBrokenException if it cannot be; the session is over then
     */
    static RegionInfo read(ClientSession session, int index) {
        NativeMemory info = session.reply().slice(0, session.replyLength());
        long size = info.read64(RegionInfoField.SIZE.offset());
        if (info.read32(RegionInfoField.INDEX.offset()) != index || size < 0) {
            throw session.fail(
                    String.format(
                            "region %d of 0x%x bytes, where region %d was asked for",
                            info.read32(RegionInfoField.INDEX.offset()), size, index));
        }
        int flags = info.read32(RegionInfoField.FLAGS.offset());
        boolean mapped = (flags & RegionInfoField.FLAG_MMAP) != 0;
        requireDescriptors(session, index, mapped ? 1 : 0);
        if (!mapped || size == 0) {
            return new RegionInfo(index, size, 0, null, List.of());
        }
        List<Area> areas = areas(session, info, flags, size);
        long position = info.read64(RegionInfoField.OFFSET.offset());
        Descriptor file =
                session.descriptors().take(0, "region " + index + " of " + session.name());
        RegionInfo region = new RegionInfo(index, size, position, file, areas);
        region.requireFile(session);
        return region;
    }

    private static void requireDescriptors(ClientSession session, int index, int count) {
        PassedDescriptors passed = session.descriptors();
        if (passed.count() != count) {
            throw session.fail(
                    "region "
                            + index
                            + (count == 0
                                    ? ", which cannot be mapped, with "
                                    : " to be mapped, with ")
                            + passed.count()
                            + " descriptors");
        }
    }

    private static List<Area> areas(
            ClientSession session, NativeMemory info, int flags, long size) {
        int first =
                (flags & RegionInfoField.FLAG_CAPS) == 0
                        ? CapabilityChain.NONE
                        : info.read32(RegionInfoField.CAP_OFFSET.offset());
        int sparse = CapabilityChain.find(info, first, SPARSE_MMAP, SparseMmapField.LENGTH);
        if (sparse == CapabilityChain.NONE) {
            return List.of(new Area(0, size));
        }
        int count = info.read32(sparse + SparseMmapField.NR_AREAS.offset());
        long room = (info.length() - sparse - SparseMmapField.LENGTH) / SparseMmapField.AREA_LENGTH;
        if (count < 0 || count > room) {
            throw session.fail(
                    "a list of " + (count & 0xffff_ffffL) + " areas with room for " + room);
        }
        List<Area> areas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            areas.add(area(session, info, sparse + i * SparseMmapField.AREA_LENGTH, size));
        }
        return List.copyOf(areas);
    }

    private static Area area(ClientSession session, NativeMemory info, int at, long size) {
        long offset = info.read64(at + SparseMmapField.AREA_OFFSET.offset());
        long length = info.read64(at + SparseMmapField.AREA_SIZE.offset());
        if (offset < 0 || length < 0 || offset > size - length) {
            throw session.fail(
                    String.format(
                            "an area 0x%x+0x%x of a region of 0x%x bytes", offset, length, size));
        }
        return new Area(offset, length);
    }

    /**
     * An access behind the end of a file is a fault, so all that may be mapped has to be there. A
     * server that shortens its file later can still cause one: that is an InternalError of the JVM.
     */
    private void requireFile(ClientSession session) {
        long length = file.fileLength();
        long needed = 0;
        for (Area area : mappable) {
            needed = Math.max(needed, area.offset + area.size);
        }
        if (position < 0 || position % Mapping.PAGE != 0 || needed > length - position) {
            file.close();
            throw session.fail(
                    String.format(
                            "region %d to be mapped at 0x%x, up to 0x%x from there, of a file of"
                                    + " 0x%x bytes",
                            index, position, needed, length));
        }
    }

    /** True if all the pages around a window may be mapped. */
    boolean mayMap(long offset, long length) {
        long start = offset & -Mapping.PAGE;
        long end = offset + length + Mapping.PAGE - 1 & -Mapping.PAGE;
        for (Area area : mappable) {
            long last = area.offset + area.size;
            // What is left of the last page of a region belongs to nobody else.
            long areaEnd = last == size ? last + Mapping.PAGE - 1 & -Mapping.PAGE : last;
            if (start >= area.offset && end <= areaEnd) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
