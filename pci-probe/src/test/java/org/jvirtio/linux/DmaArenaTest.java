package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/** Regions cut from blocks: aligned, zeroed, apart, and used again unless quarantined. */
class DmaArenaTest {

    private static final long BLOCK = 1 << 16;

    private int blocks;

    private final DmaArena arena =
            new DmaArena(
                    new DmaArena.BlockSource() {
                        @Override
                        public DmaArena.Block block(long length, long alignment) {
                            long bytes = Math.max(length, BLOCK);
                            return new DmaArena.Block(
                                    NativeMemory.allocate(bytes),
                                    0x40001000L + 0x1000000L * blocks++);
                        }

                        @Override
                        public String description() {
                            return "test blocks";
                        }
                    });

    @Test
    void deviceAddressesAreAlignedAndFollowOurs() {
        arena.allocate(1, 1);
        DmaRegion first = arena.allocate(100, 4096);
        DmaRegion second = arena.allocate(100, 8192);
        assertEquals(0, first.deviceAddress() % 4096);
        assertEquals(0, second.deviceAddress() % 8192);
        assertEquals(
                second.deviceAddress() - first.deviceAddress(),
                second.memory().address() - first.memory().address());
    }

    @Test
    void aRegionHasExactlyTheLengthAskedForAndSharesNoCacheLine() {
        DmaRegion first = arena.allocate(10, 1);
        DmaRegion second = arena.allocate(10, 1);
        assertEquals(10, first.length());
        assertEquals(64, second.deviceAddress() - first.deviceAddress());
    }

    @Test
    void memoryIsZeroedAgainBeforeItIsReused() {
        DmaRegion region = arena.allocate(64, 64);
        long address = region.deviceAddress();
        region.memory().fill(0, 64, 0xff);
        region.close();
        DmaRegion again = arena.allocate(64, 64);
        assertEquals(address, again.deviceAddress());
        assertEquals(0, again.memory().read64(0));
    }

    @Test
    void whatIsGivenBackGrowsTogether() {
        List<DmaRegion> regions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            regions.add(arena.allocate(BLOCK / 4, 64));
        }
        for (int i : new int[] {2, 0, 3, 1}) {
            regions.get(i).close();
        }
        arena.allocate(BLOCK, 64);
        assertEquals(1, blocks);
    }

    @Test
    void closingARegionTwiceGivesItBackOnce() {
        DmaRegion region = arena.allocate(64, 64);
        region.close();
        DmaRegion other = arena.allocate(64, 64);
        region.close();
        assertNotEquals(other.deviceAddress(), arena.allocate(64, 64).deviceAddress());
    }

    /** A device that did not confirm its reset may still write to what it was given. */
    @Test
    void nothingIsReusedAfterAQuarantine() {
        DmaRegion region = arena.allocate(64, 64);
        arena.quarantine();
        region.close();
        assertNotEquals(region.deviceAddress(), arena.allocate(64, 64).deviceAddress());
    }

    @Test
    void growsByABlockWhenNoneHasRoom() {
        arena.allocate(BLOCK - 64, 64);
        DmaRegion region = arena.allocate(128, 64);
        assertEquals(2, blocks);
        assertEquals(0x41001000L, region.deviceAddress());
    }

    @Test
    void refusesSizesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(0, 64));
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(64, 48));
    }

    @Test
    void regionsNeverOverlapWhateverTheOrder() {
        Random random = new Random(1);
        List<DmaRegion> live = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (random.nextInt(3) == 0 && !live.isEmpty()) {
                live.remove(random.nextInt(live.size())).close();
            } else {
                live.add(arena.allocate(1 + random.nextInt(3000), 1L << random.nextInt(13)));
            }
        }
        live.sort((a, b) -> Long.compare(a.deviceAddress(), b.deviceAddress()));
        for (int i = 1; i < live.size(); i++) {
            DmaRegion before = live.get(i - 1);
            assertTrue(before.deviceAddress(before.length()) <= live.get(i).deviceAddress());
        }
    }
}
