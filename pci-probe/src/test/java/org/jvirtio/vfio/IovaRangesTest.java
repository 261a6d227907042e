package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/** I/O addresses: those the IOMMU maps, without the window of interrupt messages. */
class IovaRangesTest {

    private static final int CAPS = 2;
    private static final int LIST = 24;

    private final NativeMemory info = NativeMemory.allocate(512);

    @Test
    void readsTheRangesOfTheKernel() {
        info.write32(4, CAPS);
        info.write32(16, LIST);
        info.write16(LIST, 1);
        info.write32(LIST + 8, 2);
        info.write64(LIST + 16, 0);
        info.write64(LIST + 24, 0xfedfffffL);
        info.write64(LIST + 32, 0xfef00000L);
        info.write64(LIST + 40, 0x7fffffffffL);
        assertEquals(
                "0x0 to 0xfedfffff, 0xfef00000 to 0x7fffffffff", IovaRanges.of(info).toString());
    }

    @Test
    void theWindowOfInterruptMessagesIsNeverGivenOut() {
        IovaRanges ranges = IovaRanges.of(info); // no list: the assumed range is cut by hand
        assertTrue(ranges.contains(0xfed00000L, 0x100000));
        assertFalse(ranges.contains(0xfed00000L, 0x100001));
        assertFalse(ranges.contains(0xfee00000L, 1));
        assertTrue(ranges.contains(0xfef00000L, 1));
    }

    @Test
    void addressesRiseAreAlignedAndNeverZero() {
        IovaRanges ranges = new IovaRanges(List.of(new IovaRanges.Range(0, 0xffffffffffL)));
        assertEquals(0x100000, ranges.take(0x1000, 0x1000));
        assertEquals(0x200000, ranges.take(0x1000, 0x200000));
        assertEquals(0x201000, ranges.take(0x1000, 0x1000));
    }

    @Test
    void aBlockThatDoesNotFitBelowAHoleGoesAboveIt() {
        IovaRanges ranges = new IovaRanges(List.of(new IovaRanges.Range(0, 0xffffffffffL)));
        assertEquals(0xfef00000L, ranges.take(0xff000000L, 0x1000));
    }

    @Test
    void aFullIommuIsRefusedWithWhatItMaps() {
        IovaRanges ranges = new IovaRanges(List.of(new IovaRanges.Range(0, 0x1fffffL)));
        ranges.take(0x100000, 0x1000);
        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> ranges.take(0x1000, 0x1000));
        assertTrue(e.getMessage().contains("0x0 to 0x1fffff"), e.getMessage());
    }

    /** A range to 2^64 - 1 was taken for one that ends below its start, and nothing fitted. */
    @Test
    void aRangeToTheEndOf64BitsIsUsable() {
        IovaRanges ranges = new IovaRanges(List.of(new IovaRanges.Range(0xfef00000L, -1)));
        assertTrue(ranges.contains(0x1_0000_0000L, 0x200000));
        assertEquals(0xfef00000L, ranges.take(0x1000, 0x1000));
    }

    @Test
    void theHighestAddressesDoNotWrapAround() {
        IovaRanges ranges = new IovaRanges(List.of(new IovaRanges.Range(0, Long.MAX_VALUE)));
        assertFalse(ranges.contains(Long.MAX_VALUE - 1, 0x1000));
    }
}
