package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** Entries of {@code /proc/self/pagemap}, Linux admin-guide/mm/pagemap. */
class PageMapTest {

    @Test
    void theLow55BitsAreThePageFrameNumber() {
        assertEquals(0x7f_ffff_ffff_ffffL, PageMap.frameNumber(-1L));
        assertEquals(0x12345, PageMap.frameNumber(0x8180000000012345L));
    }

    @Test
    void frameNumberZeroMeansThatTheRightIsMissing() {
        EnvironmentException e =
                assertThrows(
                        EnvironmentException.class, () -> PageMap.frameNumber(0x8180000000000000L));
        assertTrue(e.getMessage().contains("CAP_SYS_ADMIN"), e.getMessage());
    }

    @Test
    void aPageThatIsNotPresentHasNoAddress() {
        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> PageMap.frameNumber(0x12345));
        assertTrue(e.getMessage().contains("0x0000000000012345"), e.getMessage());
    }
}
