package org.jvirtio.cli.bench.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which part of everything a list of words selects. */
class SelectionTest {

    @Test
    void withoutWordsEverythingUsualIsMeasured() {
        BlockPlan plan = plan("");

        assertEquals(
                List.of(
                        BlockDisk.NULL_VIRTIO1,
                        BlockDisk.NULL_LEGACY,
                        BlockDisk.FILE_VIRTIO1,
                        BlockDisk.FILE_LEGACY),
                plan.disks());
        assertEquals(4 * 2 * 8, plan.cells().size());
        // Two drivers in two ways of waiting and the kernel's in two, for each load and disk.
        assertEquals(3 * 4 * 8 * (2 * 2 + 2), plan.measurements());
    }

    @Test
    void wordsOfOneAxisAreAlternativesAndAxesNarrowEachOther() {
        BlockPlan plan = plan("null,legacy,poll,read,4k,d1,d32,ours,c");

        assertEquals(List.of(BlockDisk.NULL_LEGACY), plan.disks());
        assertEquals(
                List.of(
                        "null/legacy/poll/4k-random-read-d1",
                        "null/legacy/poll/4k-random-read-d32"),
                plan.cells().stream().map(cell -> cell.name(Peer.OURS)).toList());
        assertEquals(3 * 2 * 2, plan.measurements());
    }

    @Test
    void theDiskBehindTheIommuIsMeasuredOnlyIfNamed() {
        assertEquals(List.of(BlockDisk.NULL_TRANSLATED), plan("1.x-iommu").disks());
    }

    @Test
    void theKernelsDriverHasOneNameForBothWaysOfWaiting() {
        assertEquals(
                List.of("file/1.x/kernel/128k-sequential-write-d32"),
                plan("file,1.x,128k,write").cells().stream()
                        .map(cell -> cell.name(Peer.FIO))
                        .distinct()
                        .toList());
    }

    @Test
    void theWarmUpTakesTheDeepestOfEachKind() {
        assertEquals(
                List.of(128, 128, 32, 32),
                plan("null,1.x,poll").deepCells(BlockDisk.NULL_VIRTIO1).stream()
                        .map(BlockCell::depth)
                        .toList());
    }

    @Test
    void aWordThatMeansNothingIsRefusedWithThoseThatDo() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Selection.parse("null,8k"));

        assertTrue(e.getMessage().contains("no '8k'"), e.getMessage());
        for (String word : List.of("file", "1.x-iommu", "msix", "128k", "d128", "fio-fixed")) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
    }

    @Test
    void aPlanReachesTheGuestAsItIs() {
        BlockPlan plan = new BlockPlan(Selection.parse("null,d1"), 2, 0.25, 1);

        assertEquals(plan.arguments(), BlockPlan.of(plan.arguments()).arguments());
        assertEquals(plan.cells(), BlockPlan.of(plan.arguments()).cells());
    }

    @Test
    void aPlanOfNoTimeIsRefused() {
        Selection all = Selection.parse("");
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(all, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(all, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(all, 1, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(all, 1, 1, -1));
    }

    private static BlockPlan plan(String words) {
        return new BlockPlan(Selection.parse(words), 3, 0.5, 20);
    }
}
