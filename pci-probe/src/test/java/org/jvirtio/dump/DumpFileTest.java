package org.jvirtio.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction.Addressing;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;

/**
 * Real dumps give the layouts their devices were started with; bad ones say which line is wrong.
 */
class DumpFileTest {

    private static final String HEX = " 00".repeat(16);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "00:02.0, auto, virtio1",
        "00:02.0, legacy, legacy",
        "00:03.0, auto, virtio1",
        "00:03.0, legacy, none",
        "00:04.0, auto, legacy",
        "00:04.0, virtio1, none",
        "00:05.0, auto, virtio1",
        "00:05.0, legacy-first, legacy",
        "00:05.0, pci-cfg, virtio1 through PCI_CFG",
        "00:06.0, auto, virtio1",
        "00:06.0, legacy, none",
        "00:07.0, auto, legacy",
        "00:08.0, auto, virtio1",
        "0000:01:00.0, auto, virtio1",
        "00:1f.2, auto, none"
    })
    void devicesOfQemuAreDrivenAsTheyWereStarted(String address, String policy, String layout) {
        DumpFunction function = DumpFile.function(fixture("qemu.txt"), address);
        LayoutChoice choice = LayoutChoice.of(function, Policy.parse(policy));
        assertEquals(layout, choice.layout().map(VirtioLayout::label).orElse("none"));
    }

    @Test
    void theFirstDoorbellsOfQemuMayBeInIoSpace() {
        DumpFunction function = DumpFile.function(fixture("qemu.txt"), "00:08.0");
        VirtioLayout.Virtio1 layout =
                (VirtioLayout.Virtio1) LayoutChoice.of(function, Policy.AUTO).require();
        assertEquals("BAR2+0x0, 0x4 bytes", layout.doorbells().toString());
        assertEquals(0, layout.doorbellStride());
    }

    @ParameterizedTest
    @CsvSource({"balloon", "block", "network", "socket", "entropy"})
    void rawFilesOfAnotherMonitorAreVirtio1(String name) {
        DumpFunction function = DumpFile.function(fixture("vmm-" + name + ".config"));
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        assertEquals("virtio1", choice.require().label());
    }

    @Test
    void aDumpRefusesWhatNeedsADevice() {
        DumpFunction function = DumpFile.function(fixture("qemu.txt"), "00:05.0");
        Window window = new Window(function.bars().get(0), 0, 20);

        assertRefused(() -> function.open(window));
        assertRefused(() -> function.dmaMemory(Addressing.PHYSICAL));
        assertRefused(function::interrupts);
        assertRefused(() -> function.config().write8(4, 0));
        assertRefused(() -> function.config().write16(4, 0));
        assertRefused(() -> function.config().write32(4, 0));
    }

    @Test
    void aFileOfManyFunctionsAsksForAnAddress() {
        assertSays("it holds 13 functions", () -> DumpFile.function(fixture("qemu.txt")));
        assertSays(
                "it has no function 00:09.9",
                () -> DumpFile.function(fixture("qemu.txt"), "00:09.9"));
    }

    @Test
    void malformedTextIsNamedByItsLine() throws IOException {
        String start = "00:01.0 function\n";
        assertMalformed("line 1: bytes come before", "00:" + HEX);
        assertMalformed("line 2: 'zz' is not a byte", start + "00: zz");
        assertMalformed("line 2: '' is not a byte", start + "00: 00  00");
        assertMalformed(
                "line 3: bytes at offset 0x20, but 0x10", start + "00:" + HEX + "\n20:" + HEX);
        assertMalformed("line 2: function 00:01.0 ends after 16 bytes", start + "00:" + HEX);
        assertMalformed("line 1: there is no line that starts", "nothing at all");
        assertMalformed("line 0: there is no line that starts", "");
    }

    @Test
    void rawFilesHaveOneOfThreeLengths() throws IOException {
        Path file = Files.write(directory.resolve("short"), new byte[100]);
        assertSays("it has 100 bytes", () -> DumpFile.function(file));
        assertSays(
                "Name a file that can be read", () -> DumpFile.function(directory.resolve("none")));
    }

    private void assertMalformed(String words, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.txt"), text);
        assertSays(words, () -> DumpFile.functions(file));
    }

    private static void assertRefused(Executable action) {
        assertSays("a dump is a saved copy of configuration bytes", action);
    }

    private static void assertSays(String words, Executable action) {
        String message = assertThrows(EnvironmentException.class, action).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static Path fixture(String name) {
        try {
            return Path.of(DumpFileTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
