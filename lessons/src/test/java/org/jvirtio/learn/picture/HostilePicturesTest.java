package org.jvirtio.learn.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.lab.overlay.OverlayText;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** A device says where its things lie and how much it wrote; a picture of it says so, too. */
class HostilePicturesTest {

    /** Of 4 KiB in which the table lies; PCI Local Bus 3.0 section 6.8.2 has both fields. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MSIX+4/4 = 0x00010001 | ................ MSI-X table, +0x10000, past the end",
                "MSIX+2/2 = 0x07ff | ################ MSI-X table, +0x0, past the end",
            })
    void vectorsPastTheEndOfTheirBarAreDrawnUpToIt(String edit, String seen) {
        PciFunction disk = EmulatedDevices.parse("block,layout=virtio1");
        PciFunction liar = OverlayText.parse("x", "# It lies.\n" + edit).over(disk);

        List<String> lines = Pictures.BARS.draw(liar, Policy.AUTO).lines();
        String bar = seen.substring(0, 16);
        String words = seen.substring(17);
        assertEquals(
                List.of("  |" + bar.repeat(4) + "| " + words + " of the BAR"),
                lines.stream().filter(line -> line.contains("MSI-X table")).toList());
    }

    @Test
    void aFrameWithoutItsHeaderIsNamed() {
        PciFunction net = EmulatedDevices.parse("net,fault=used-length-none");

        DeviceBrokenException said =
                assertThrows(
                        DeviceBrokenException.class, () -> Pictures.FRAME.draw(net, Policy.AUTO));
        assertTrue(said.getMessage().contains("0 bytes"), said::getMessage);
    }
}
