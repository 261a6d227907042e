package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.memory.NativeMemory;

/** {@code struct vfio_region_info} with its capability chain, as the kernel fills it in. */
class RegionTest {

    private static final int MMAP = 4;
    private static final int CAPS = 8;

    private final NativeMemory info = NativeMemory.allocate(512);

    private void header(int flags, int index, long size, int firstCapability) {
        info.write32(4, flags);
        info.write32(8, index);
        info.write32(12, firstCapability);
        info.write64(16, size);
        info.write64(24, (long) index << 40);
    }

    private void capability(int at, int id, int next) {
        info.write16(at, id);
        info.write16(at + 2, 1);
        info.write32(at + 4, next);
    }

    private void area(int at, long offset, long size) {
        info.write64(at, offset);
        info.write64(at + 8, size);
    }

    @Test
    void aPortBarCannotBeMapped() {
        header(3, 0, 32, 0);
        Region region = Region.of(info);
        assertEquals(new Region(0, 32, 0, List.of(), false), region);
        assertFalse(region.mayMap(0, 4));
    }

    @Test
    void withoutAListOfAreasAllOfAMemoryBarMayBeMapped() {
        header(3 | MMAP | CAPS, 1, 0x1000, 32);
        capability(32, 3, 0);
        Region region = Region.of(info);
        assertTrue(region.msixMappable());
        assertEquals(1L << 40, region.position());
        assertTrue(region.mayMap(0, 0x1000));
        assertFalse(region.mayMap(0xff0, 0x20));
    }

    @Test
    void areasBoundWhatMayBeMapped() {
        header(3 | MMAP | CAPS, 4, 0x4000, 40);
        capability(40, 2, 56);
        capability(56, 1, 0);
        info.write32(56 + 8, 2);
        area(56 + 16, 0, 0x1000);
        area(56 + 32, 0x2000, 0x2000);
        Region region = Region.of(info);
        assertEquals(
                List.of(new Region.Area(0, 0x1000), new Region.Area(0x2000, 0x2000)),
                region.mappable());
        assertTrue(region.mayMap(0x2ff0, 0x10));
        assertFalse(region.mayMap(0xff0, 0x20));
        assertFalse(region.mayMap(0x1000, 0x10));
    }

    /** A class of fault: a length that exceeds what was given. */
    @Test
    void aCountOfAreasBeyondTheAnswerIsCut() {
        header(3 | MMAP | CAPS, 4, 0x4000, 32);
        capability(32, 1, 0);
        info.write32(32 + 8, Integer.MAX_VALUE);
        assertTrue(Region.of(info).mappable().size() <= (512 - 48) / 16);
    }

    @Test
    void aChainThatRunsInACircleOrLeavesTheAnswerEnds() {
        header(3 | MMAP | CAPS, 4, 0x4000, 32);
        capability(32, 2, 32);
        assertTrue(Region.of(info).mayMap(0, 0x4000));
        capability(32, 2, 508);
        assertTrue(Region.of(info).mayMap(0, 0x4000));
        capability(32, 2, -8);
        assertTrue(Region.of(info).mayMap(0, 0x4000));
    }

    @Test
    void aRegionOfNoBytesHasNothingToMap() {
        header(3 | MMAP, 2, 0, 0);
        assertEquals(List.of(), Region.of(info).mappable());
    }
}
