package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type to name a function through VFIO. */
class VfioNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000:00:04.0",
                "0000:00:04.0,path=cdev",
                "0000:00:04.0,path=group",
                "0000:00:04.0,path=noiommu"
            })
    void aNameIsReadAsItIsWritten(String text) {
        assertEquals("vfio:" + text, VfioName.parse(text).toString());
    }

    @Test
    void aPathThatIsNoneIsRefusedWithThoseThereAre() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> VfioName.parse("0000:00:04.0,path=iommufd"));
        assertTrue(e.getMessage().contains("[cdev, group, noiommu]"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "04.0", "0000:00:04.0,", "0000:00:04.0,group"})
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> VfioName.parse(text));
    }
}
